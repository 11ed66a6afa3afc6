"""How long work says how far it is, and is told to stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with the steps done and their number, from whatever thread works; raises `Cancelled` to end the work."""


class Cancelled(Exception):
    """The person wants the work to end; what it was to replace is as it was."""


def unwatched(_done: int, _total: int) -> None:
    """Report to nobody."""
