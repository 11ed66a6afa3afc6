"""The line above the tabs that says that the audit is finalised, and answers who tries to change it all the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from auditor_app.models.enums import Level
from auditor_app.models.history import local_time
from auditor_app.ui.context import Context
from auditor_app.ui.widgets import button, label, restyle

SIGN_PIXELS = 16
ANSWER_MS = 6_000


class SealBanner(QWidget):
    """Shown while the open audit is finalised."""

    def __init__(self, context: Context, show: Callable[[str], None]) -> None:
        """`show` shows an entry of `DeliveryMenu` by its name."""
        super().__init__()
        self.setObjectName("sealBanner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._sign = QLabel()
        self._text = label("", "sealed", wrap=True)
        self._answered = QTimer(self, interval=ANSWER_MS, singleShot=True)
        reopen, history = button(self.tr("Reopen …")), button(self.tr("History"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(history)
        row.addWidget(reopen)
        reopen.clicked.connect(partial(show, "reopen"))
        history.clicked.connect(partial(show, "history_all"))
        self._answered.timeout.connect(self._show_state)
        context.session.opened.connect(self._show_state)
        context.session.read_only.connect(self._answer)
        self.hide()

    @property
    def text(self) -> str:
        """Return what the banner says."""
        return self._text.text()

    def _show_state(self) -> None:
        session = self._context.session
        sealing = session.sealing if session.is_open else None
        self.setVisible(sealing is not None and sealing.is_final)
        if sealing is None or not sealing.is_final or self._answered.isActive():
            return
        pixmap = self._context.theme.pixmap("shield-check", "ok_text", SIGN_PIXELS, self.devicePixelRatioF())
        self._sign.setPixmap(pixmap)
        level = self._context.words.word(Level(sealing.level))
        text = self.tr("Finalised {0} by {1}: {2} points, {3}. It can be read and delivered, not changed.")
        self._text.setText(text.format(local_time(sealing.at), sealing.who, sealing.score, level))
        head = self.tr("The history ends with {0}").format(sealing.head)
        self._text.setToolTip(f"{head}\n{self.tr('Signed')}" if sealing.signer else head)
        restyle(self._text, state="")

    def _answer(self) -> None:
        """Say that the last edit was not taken."""
        self._text.setText(self.tr("Nothing was changed: the audit is finalised. Reopen it first and say why."))
        restyle(self._text, state="refused")
        self._answered.start()
        QApplication.beep()
