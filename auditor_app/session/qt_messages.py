"""Warnings of Qt go into the log by where they come from; their words may hold paths and texts."""

from __future__ import annotations

import logging
import re
import sys
from collections import Counter
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from auditor_app.models.events import LOGGER

MOST_KINDS = 100

_LOG = logging.getLogger(f"{LOGGER}.qt")
_PLACE = re.compile(r"Q[A-Za-z]{1,40}(::~?[A-Za-z]{1,40}){1,3}", re.ASCII)
_CATEGORY = re.compile(r"[a-z][a-z.]{0,40}")
_LEVELS = {
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}


class QtMessages:
    """Listen to Qt; each kind of warning is one line, and another one when it came 10, 100 ... times."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._before: Any = None

    def install(self) -> None:
        """Listen from now on."""
        self._before = qInstallMessageHandler(self._on_message)

    def remove(self) -> None:
        """Listen no more."""
        qInstallMessageHandler(self._before)

    def _on_message(self, level: QtMsgType, context: QMessageLogContext, text: str) -> None:
        try:
            if level in _LEVELS:
                self._log(f"qt {_LEVELS[level]} {_category(context)} {_place(text)}")
            if self._before is not None:
                self._before(level, context, text)
            elif sys.flags.dev_mode and sys.stderr is not None:
                sys.stderr.write(text + "\n")
        except Exception:
            # Qt calls this from anywhere, also where an exception has nobody to go to.
            return

    def _log(self, line: str) -> None:
        if line not in self._times and len(self._times) >= MOST_KINDS:
            return
        self._times[line] += 1
        times = self._times[line]
        if times == 1 or (times >= 10 and str(times).strip("0") == "1"):
            _LOG.warning(line if times == 1 else f"{line} {times} times")


def _category(context: QMessageLogContext) -> str:
    name = str(getattr(context, "category", "") or "")
    return name if _CATEGORY.fullmatch(name) else "?"


def _place(text: str) -> str:
    match = _PLACE.match(text)
    return match[0] if match else "?"
