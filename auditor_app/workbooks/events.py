"""XML of others told as it is read: what begins, what ends, what stands between; never a document type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat

from auditor_app.workbooks.problems import WorkbookProblem, damaged


class Listener(Protocol):
    """What is told of the elements of a part."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Take an element that begins."""

    def end(self, name: str, /) -> None:
        """Take an element that ends."""

    def characters(self, text: str, /) -> None:
        """Take text, all that stands between two elements at once."""


def tell(
    content: bytes, part: str, listener: Listener, namespace: Callable[[str | None, str | None], None] | None = None
) -> None:
    """Tell a listener the elements of a part, and with `namespace` every prefix and namespace that is declared.

    Names are then `namespace name`, else as they are written. Without a document type there are no entities but those
    of XML itself. Raises `WorkbookProblem`: `entities`, `damaged`, and what the listener raises.
    """
    parser = expat.ParserCreate(namespace_separator=" " if namespace else None)
    parser.buffer_text = True
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.characters
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    if namespace is not None:
        parser.StartNamespaceDeclHandler = namespace
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(part) from error


def _refuse(*_: object) -> None:
    raise WorkbookProblem("", "entities")
