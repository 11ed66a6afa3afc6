"""How long work says how far it is, and is told to stop."""

from __future__ import annotations

from collections.abc import Callable

_THOUSAND = 1000

Progress = Callable[[int, int], None]
"""Called with the steps done and their number, from whatever thread works; raises `Cancelled` to end the work."""


class Cancelled(Exception):
    """The person wants the work to end; what it was to replace is as it was."""


def unwatched(_done: int, _total: int) -> None:
    """Report to nobody."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """Return the progress of a part of some work, from one share of it to another, told as thousandths of it all."""

    def tell(done: int, total: int) -> None:
        progress(round(_THOUSAND * (start + (end - start) * done / max(total, 1))), _THOUSAND)

    return tell
