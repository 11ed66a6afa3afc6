"""Elements of a part as they are read: by where they stand, within bounds, and with nothing that reads in two ways.

A spreadsheet program passes over elements that are not of its format, or looks into them when other elements tell it
to. Whoever wants a reader to see one thing and this program another would begin there, so none is taken where cells,
texts, sheets and names stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

from auditor_app.workbooks.events import tell
from auditor_app.workbooks.problems import WorkbookProblem

DEEPEST = 64
MOST_ELEMENTS = 4_000_000
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OWN = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
_RELATED = (f"{RELATIONS} id", "http://purl.oclc.org/ooxml/officeDocument/relationships id")
_FOREIGN = "?"
# Names of elements that are worth remembering; whoever thinks up more gets no memory for them.
_MOST_KNOWN = 1_000

Attributes = Mapping[str, str]
"""By name; a name of another namespace has that before it, and a space."""
Begin = Callable[[Attributes], None]
End = Callable[[], None]


class _Known(NamedTuple):
    """An element by its place: the path to it, and what is called."""

    path: str
    begin: Begin | None = None
    end: End | None = None


class Elements:
    """Call `begins` and `ends` by the path of an element, such as `worksheet/sheetData/row`.

    Text is kept only where somebody asks for it. `WATCHED` names may stand in `PLACES` only, and below these no
    foreign element may stand.
    """

    WATCHED: ClassVar[frozenset[str]] = frozenset()
    PLACES: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, begins: Mapping[str, Begin] | None = None, ends: Mapping[str, End] | None = None) -> None:
        self._begins = begins or {}
        self._ends = ends or {}
        self._known: dict[tuple[str, str], _Known] = {}
        self._open = [_Known("")]
        self._count = 0
        self._text: list[str] | None = None

    def listen(self, _attributes: Attributes | None = None) -> None:
        """Collect text from here on."""
        self._text = []

    def heard(self) -> str:
        """Return the text since `listen`, and listen no longer."""
        text, self._text = "".join(self._text or ()), None
        return text

    def namespace(self, _prefix: str | None, uri: str | None) -> None:
        """Refuse a namespace that could be taken for another with a name."""
        if uri and any(character.isspace() for character in uri):
            raise WorkbookProblem("", "ambiguous", what=uri[:80])

    def start(self, name: str, attributes: Attributes) -> None:
        """Take an element that begins; raises `WorkbookProblem`."""
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST_ELEMENTS:
            raise WorkbookProblem("", "bomb")
        above = self._open[-1].path
        known = self._known.get((above, name)) or self._placed(above, name)
        self._open.append(known)
        if known.begin is not None:
            known.begin(attributes)

    def end(self, _name: str) -> None:
        """Take an element that ends."""
        end = self._open.pop().end
        if end is not None:
            end()

    def characters(self, text: str) -> None:
        """Take text."""
        if self._text is not None:
            self._text.append(text)

    def _placed(self, above: str, name: str) -> _Known:
        namespace, _, local = name.rpartition(" ")
        is_own = namespace in _OWN
        path = f"{above}/{local}".lstrip("/") if is_own else _FOREIGN
        if (local in self.WATCHED and path not in self.PLACES) or (not is_own and self._is_inside(above)):
            raise WorkbookProblem("", "ambiguous", what=local[:80])
        known = _Known(path, self._begins.get(path), self._ends.get(path))
        if len(self._known) < _MOST_KNOWN:
            self._known[above, name] = known
        return known

    def _is_inside(self, path: str) -> bool:
        return "extLst" not in path and any(path == place or path.startswith(f"{place}/") for place in self.PLACES)


def parse(content: bytes, part: str, elements: Elements) -> None:
    """Tell the elements of a part; raises `WorkbookProblem`."""
    tell(content, part, elements, elements.namespace)


def relation_of(attributes: Attributes) -> str:
    """Return the id of the relation an element names, empty for none."""
    return next((attributes[name] for name in _RELATED if name in attributes), "")
