"""A workbook from outside, opened without trusting it: bounded in every direction, and only the parts asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from auditor_app.replies.problems import ReplyProblem
from auditor_app.workbooks.container import Bounds, Container
from auditor_app.workbooks.events import tell
from auditor_app.workbooks.problems import WorkbookProblem

LARGEST_FILE = 32 * 2**20
"""Bytes of a workbook as it is stored."""
LARGEST_TOGETHER = 32 * 2**20
"""Bytes of all parts that are read, unpacked."""
MOST_PARTS = 10_000
DEEPEST = 64
"""Elements within each other."""
MOST_ELEMENTS = 400_000
"""Of all parts that are read."""

# What is wrong with a workbook, in the words for a reply; all else is damage.
_CODES = {
    "encrypted": "encrypted",
    "old_format": "old_excel",
    "not_a_workbook": "not_a_workbook",
    "too_large": "too_large_inside",
}


class Package:
    """The parts of a workbook by name, in any case; raises `ReplyProblem` for what is none or is too large."""

    def __init__(self, data: bytes) -> None:
        if len(data) > LARGEST_FILE:
            raise ReplyProblem("", "too_large", most=LARGEST_FILE // 2**20)
        if not data:
            raise ReplyProblem("", "empty")
        bounds = Bounds(file=LARGEST_FILE, parts=MOST_PARTS, read=LARGEST_TOGETHER, part=LARGEST_TOGETHER)
        with _in_our_words():
            self._container = Container(data, bounds)
        self._elements = MOST_ELEMENTS

    def holds(self, name: str) -> bool:
        """Say whether there is such a part."""
        return name in self._container

    def part(self, name: str) -> bytes:
        """Return the content of a part; raises `ReplyProblem` when it is missing, damaged or too large."""
        with _in_our_words():
            return self._container.read(name)

    def read(self, name: str, handler: Handler) -> None:
        """Have a handler read a part that is XML; entities and document types of any kind are refused."""
        handler.most = self._elements
        with _in_our_words():
            tell(self.part(name), name, handler)
        self._elements -= handler.count


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except WorkbookProblem as problem:
        raise ReplyProblem("", _CODES.get(problem.code, "damaged")) from problem


class Handler:
    """Names without their prefix, text of the elements one asks for; subclasses say what they look at."""

    def __init__(self) -> None:
        self.count = 0
        self.most = MOST_ELEMENTS
        """Elements there were, and how many there may be."""
        self._open: list[str] = []
        self._text: list[str] = []

    @property
    def parents(self) -> list[str]:
        """Return the elements that are open, the innermost last."""
        return self._open

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Look at the start of an element."""

    def finish(self, name: str, text: str) -> None:
        """Look at the end of an element; `text` is what stood in it, up to its last child."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element that begins; raises `ReplyProblem`."""
        self.count += 1
        if len(self._open) >= DEEPEST:
            raise ReplyProblem("", "damaged")
        if self.count > self.most:
            raise ReplyProblem("", "too_large_inside")
        local = name.rpartition(":")[2]
        self._open.append(local)
        self._text.clear()
        self.begin(local, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """Take an element that ends."""
        self._open.pop()
        self.finish(name.rpartition(":")[2], "".join(self._text))
        self._text.clear()

    def characters(self, text: str) -> None:
        """Take text."""
        self._text.append(text)
