"""What came back against what was sent and what is here now: three states, one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auditor_app.replies.fitting import fitted
from auditor_app.replies.identity import Sent, canonical, digest


@dataclass(frozen=True)
class Answer:
    """A value that may be taken, and why not without a second look: codes of doubts."""

    value: Any
    doubts: tuple[str, ...] = ()


def answer(value: Any, current: Any, sent: Sent | None, *, filled: bool = True) -> Answer | None:
    """Return what a cell says anew, None when it says nothing: the same as here, or the same as was sent.

    `value` and `current` are as a cell shows them, None for empty. In a form that went out empty (not `filled`) an
    empty cell says nothing, and every other one is new.
    """
    if canonical(value) == canonical(current):
        return None
    if not filled:
        return None if value is None else Answer(value)
    doubts = []
    if sent is None:
        # Somebody removed what tells; what stands here is not replaced unasked.
        if current is not None:
            doubts.append("sent_unknown")
    elif digest(value) == sent.digest:
        return None
    else:
        if sent.was_cut:
            doubts.append("was_cut")
        if digest(_as_sent(current, sent)) != sent.digest:
            doubts.append("changed_here")
    if value is None:
        doubts.append("emptied")
    return Answer(value, tuple(doubts))


def _as_sent(current: Any, sent: Sent) -> Any:
    return fitted(current).text if sent.was_cut and isinstance(current, str) else current
