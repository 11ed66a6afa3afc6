"""Which key does what: the defaults, what the person made of them, and which action a key press asks for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from auditor_app.models.errors import AuditorError
from auditor_app.session.session import Session
from auditor_app.ui.key_names import KeyNames
from auditor_app.ui.key_strokes import cap, folded, stroke_of

SETTING = "keys"
_STANDARD = QKeySequence.StandardKey


class Scope(StrEnum):
    """Where a key counts; those of the window count everywhere."""

    SHEET = "sheet"
    CHECKLIST = "checklist"
    FINDINGS = "findings"
    VIEWER = "viewer"
    WINDOW = "window"


_MOVES = ("Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown", "Tab", "Shift+Tab")
_LISTS = (Scope.SHEET, Scope.CHECKLIST, Scope.FINDINGS)


@dataclass(frozen=True)
class Binding:
    """An action, where its key counts, and the keys it has unless the person chose another."""

    action: str
    scopes: tuple[Scope, ...]
    keys: tuple[str | QKeySequence.StandardKey, ...]
    fixed: bool = False
    """Whether the keys are those of every program, which nobody may take."""
    repeats: bool = False
    """Whether holding the key down does it again and again."""
    shown: int = 1
    """How many of the keys an overview shows."""


def _in(scope: Scope, **keys: str) -> tuple[Binding, ...]:
    return tuple(Binding(action, (scope,), (key,)) for action, key in keys.items())


BINDINGS = (
    *_in(Scope.SHEET, met="1", not_met="2", sampled="3", deleted="0", unjudged="Del"),
    Binding("next_unjudged", (Scope.SHEET,), ("Return",), repeats=True),
    *_in(Scope.SHEET, samples="S", note="N", finding="F"),
    *_in(Scope.CHECKLIST, received="1", verified="2", problem="3", awaited="0", remark="N"),
    *_in(Scope.FINDINGS, major="1", minor="2", observation="3", add="Ins", facts="N"),
    Binding("evidence", _LISTS, ("E",)),
    *_in(Scope.SHEET, expand="Space", find="/"),
    Binding("next", (Scope.VIEWER,), ("Right",), repeats=True),
    Binding("previous", (Scope.VIEWER,), ("Left",), repeats=True),
    Binding("zoom_in", (Scope.VIEWER,), ("+",), repeats=True),
    Binding("zoom_out", (Scope.VIEWER,), ("-",), repeats=True),
    *_in(Scope.VIEWER, fit="0", rotate="R", arrow="A", box="B"),
    Binding("remove", (Scope.FINDINGS, Scope.VIEWER), ("Del",)),
    Binding("close", (Scope.VIEWER,), ("Esc",), fixed=True),
    Binding("move", _LISTS, _MOVES, fixed=True, shown=2),
    Binding("edit_cell", _LISTS, ("F2",), fixed=True),
    Binding("back", _LISTS, ("Esc",), fixed=True),
    *_in(Scope.WINDOW, keys="?", settings="Ctrl+,", board="Ctrl+B", explain="Ctrl+L", find_all="Ctrl+F"),
    *_in(Scope.WINDOW, find_audit="Ctrl+K"),
    *_in(Scope.WINDOW, history="Ctrl+H"),
    *_in(Scope.WINDOW, tab1="Ctrl+1", tab2="Ctrl+2", tab3="Ctrl+3", tab4="Ctrl+4", tab5="Ctrl+5"),
    *_in(Scope.WINDOW, **{"new": "Ctrl+N", "import": "Ctrl+O", "export": "Ctrl+E", "dump": "Ctrl+Shift+E"}),
    *_in(Scope.WINDOW, quit="Ctrl+Q"),
    Binding("undo", (Scope.WINDOW,), (_STANDARD.Undo,), fixed=True),
    Binding("redo", (Scope.WINDOW,), (_STANDARD.Redo, "Ctrl+Y"), fixed=True),
    Binding("clipboard", (Scope.WINDOW,), (_STANDARD.Copy, _STANDARD.Cut, _STANDARD.Paste), fixed=True, shown=0),
    Binding("menus", (Scope.WINDOW,), ("Alt+F", "Alt+E", "Alt+V", "Alt+H"), fixed=True, shown=0),
)
"""Every action, in the order in which people read them."""


class Keymap(QObject):
    """The keys in force; every sheet and menu asks here, and listens to `changed`."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._names = KeyNames(self)
        self._bindings = {binding.action: binding for binding in BINDINGS}
        self._defaults = {binding.action: _sequences(binding) for binding in BINDINGS}
        self._own = self._stored()

    def action(self, event: QKeyEvent, scope: Scope) -> str:
        """Return what a key press asks for in a place, empty when nothing.

        A key that is held down asks once, except where going on makes sense (next, larger).
        """
        stroke = stroke_of(event)
        if stroke.isEmpty():
            return ""
        for binding in BINDINGS:
            if scope in binding.scopes and not binding.fixed and stroke == self.sequence(binding.action):
                return binding.action if binding.repeats or not event.isAutoRepeat() else ""
        return ""

    def sequence(self, action: str) -> QKeySequence:
        """Return the key of an action, the first one when it has several."""
        return self._own.get(action, self._defaults[action][0])

    def sequences(self, action: str) -> list[QKeySequence]:
        """Return every key of an action, none for one that has no key."""
        return [self._own[action]] if action in self._own else list(self._defaults.get(action, ()))

    def default(self, action: str) -> QKeySequence:
        """Return the key an action has unless the person chose another."""
        return self._defaults[action][0]

    def text(self, action: str) -> str:
        """Return the key of an action as it is written on keyboards."""
        return self.cap(self.sequence(action))

    def cap(self, sequence: QKeySequence) -> str:
        """Return a key as it is written on keyboards."""
        return cap(sequence, self._names.space)

    def caps(self, action: str) -> list[str]:
        """Return the keys of an action that an overview shows, as they are written on keyboards."""
        shown = self.sequences(action)[: self._bindings[action].shown]
        return [self.cap(sequence) for sequence in shown]

    def name(self, action: str) -> str:
        """Return what an action does, in words."""
        return self._names.action(action)

    def scope_name(self, scope: Scope) -> str:
        """Return the name of a place where keys count."""
        return self._names.scope(scope)

    def place(self, action: str, scope: Scope) -> Scope | None:
        """Return where an action has its key, that scope if it counts there; None when the key is fixed."""
        binding = self._bindings[action]
        if binding.fixed:
            return None
        return scope if scope in binding.scopes else binding.scopes[0]

    def rebind(self, action: str, sequence: QKeySequence) -> str:
        """Give an action another key and store it; return the action that has the key already, and change nothing then.

        Raises `EnvironmentProblem` when it cannot be stored; nothing is changed then either.
        """
        assert not self._bindings[action].fixed
        wanted = folded(sequence)
        if not wanted.toString() or wanted == self.sequence(action):
            return ""
        holder = self._holder(action, wanted)
        if not holder:
            self._keep({**self._own, action: wanted})
        return holder

    def reset(self) -> None:
        """Give every action its first key again; raises `EnvironmentProblem`."""
        self._keep({})

    def _holder(self, action: str, wanted: QKeySequence) -> str:
        """Return the other action that has a key where this action's would count, empty when none has."""
        places = self._bindings[action].scopes
        return next(
            (
                other.action
                for other in BINDINGS
                if other.action != action and _meet(places, other.scopes) and wanted in self.sequences(other.action)
            ),
            "",
        )

    def _keep(self, own: dict[str, QKeySequence]) -> None:
        own = {action: sequence for action, sequence in own.items() if sequence != self.default(action)}
        self._session.set_setting(SETTING, json.dumps({action: key.toString() for action, key in own.items()}))
        self._own = own
        self.changed.emit()

    def _stored(self) -> dict[str, QKeySequence]:
        """Read the person's keys; what cannot be understood, or would give two actions one key, is left out."""
        self._own = {}
        for action, text in self._read().items():
            binding = self._bindings.get(action)
            wanted = folded(QKeySequence(text)) if isinstance(text, str) else QKeySequence()
            if binding is not None and not binding.fixed and wanted.toString() and wanted != self.default(action):
                self._own[action] = wanted
        # One that goes back to its first key may meet another there, which then has to go back as well.
        while (taken := next((a for a, key in self._own.items() if self._holder(a, key)), "")) != "":
            del self._own[taken]
        return self._own

    def _read(self) -> dict[str, object]:
        try:
            stored = json.loads(self._session.setting(SETTING) or "{}")
        except (AuditorError, ValueError, RecursionError):
            return {}
        return stored if isinstance(stored, dict) else {}


def _sequences(binding: Binding) -> tuple[QKeySequence, ...]:
    found: list[QKeySequence] = []
    for key in binding.keys:
        found += [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
    return tuple(dict.fromkeys(folded(sequence) for sequence in found))


def _meet(here: tuple[Scope, ...], there: tuple[Scope, ...]) -> bool:
    return Scope.WINDOW in (*here, *there) or bool(set(here) & set(there))
