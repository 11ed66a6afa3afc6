"""XML as a tree that is written back as it was read: prefixes, declarations, unknown elements and all.

The trees of the standard library rename prefixes, and a spreadsheet refuses a file whose `mc:Ignorable` names one that
is gone. Document types are refused, so there are no entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from auditor_app.forms.problems import FormProblem
from auditor_app.workbooks.events import tell
from auditor_app.workbooks.problems import WorkbookProblem

DEEPEST = 120
MOST_NODES = 700_000
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTES = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class Node:
    """An element: its tag as written, its name (the tag without prefix), attributes, elements and text in order."""

    __slots__ = ("attributes", "children", "name", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None, *children: Node | str) -> None:
        self.tag = tag
        self.name = _name_of(tag)
        self.attributes = attributes or {}
        self.children: list[Node | str] = list(children)

    @property
    def nodes(self) -> list[Node]:
        """Return the elements inside."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """Return the text directly inside."""
        return "".join(child for child in self.children if isinstance(child, str))

    @text.setter
    def text(self, text: str) -> None:
        self.children = [text] if text else []

    def child(self, name: str) -> Node | None:
        """Return the first element inside of a name, None without one."""
        for child in self.children:
            if isinstance(child, Node) and child.name == name:
                return child
        return None

    def all(self, name: str) -> list[Node]:
        """Return the elements directly inside of a name."""
        return [child for child in self.children if isinstance(child, Node) and child.name == name]

    def walk(self) -> Iterator[Node]:
        """Yield this element and every one below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def made(self, name: str, attributes: dict[str, str] | None = None, *children: Node | str) -> Node:
        """Return a new element with the prefix of this one."""
        prefix = self.tag.rpartition(":")[0]
        return Node(f"{prefix}:{name}" if prefix else name, attributes, *children)

    def take_prefix(self, other: Node) -> None:
        """Take the prefix of another element, all below it too."""
        prefix = other.tag.rpartition(":")[0]
        for node in self.walk():
            node.tag = f"{prefix}:{node.name}" if prefix else node.name

    def copy(self) -> Node:
        """Return the element with all below it, shared with nothing."""
        children = (child if isinstance(child, str) else child.copy() for child in self.children)
        return Node(self.tag, dict(self.attributes), *children)


@lru_cache(maxsize=4_096)
def _name_of(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_NODES or len(self._open) >= DEEPEST:
            raise FormProblem("too_large_inside")
        node = Node(tag, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, _tag: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)


def parse(data: bytes) -> Node:
    """Return the root of a part; raises `FormProblem` for what is damaged, too large, or has a document type."""
    builder = _Builder()
    try:
        tell(data, "", builder)
    except WorkbookProblem as problem:
        raise FormProblem("damaged") from problem
    if builder.root is None:
        raise FormProblem("damaged")
    return builder.root


def written(root: Node) -> bytes:
    """Return a tree as the content of a part."""
    pieces = [_HEAD]
    _write(root, pieces)
    return "".join(pieces).encode("utf-8", "replace")


def _write(node: Node, pieces: list[str]) -> None:
    pieces.append(f"<{node.tag}")
    pieces += (f' {name}="{value.translate(_IN_ATTRIBUTES)}"' for name, value in node.attributes.items())
    if not node.children:
        pieces.append("/>")
        return
    pieces.append(">")
    for child in node.children:
        if isinstance(child, str):
            pieces.append(child.translate(_IN_TEXT))
        else:
            _write(child, pieces)
    pieces.append(f"</{node.tag}>")
