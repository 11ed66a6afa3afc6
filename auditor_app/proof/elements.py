"""Elements of a part as they are read: by where they stand, within bounds, and with nothing that reads in two ways.

A spreadsheet program passes over elements that are not of its format, or looks into them when other elements tell it
to. Whoever wants a reader to see one thing and this program another would begin there, so none is taken where cells,
texts, sheets and names stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import ClassVar
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from auditor_app.proof.problems import ProofProblem, damaged

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
_RELATIONS = frozenset({RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"})
_FOREIGN = "?"
_RELATED = "r:id"

Attributes = Mapping[str, str]


class Elements(ContentHandler):
    """Tell of elements by the path to them, such as `worksheet/sheetData/row`; text only where somebody asks for it.

    `WATCHED` names may stand in `PLACES` only, and below these no foreign element may stand.
    """

    WATCHED: ClassVar[frozenset[str]] = frozenset()
    PLACES: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self._paths = [""]
        self._count = 0
        self._text: list[str] | None = None

    def begin(self, path: str, attributes: Attributes) -> None:
        """Take an element that begins; `r:id` among its attributes names a relation."""

    def end(self, path: str) -> None:
        """Take an element that ends."""

    def listen(self) -> None:
        """Collect text from here on."""
        self._text = []

    def heard(self) -> str:
        """Return the text since `listen`, and listen no longer."""
        text, self._text = "".join(self._text or ()), None
        return text

    def startPrefixMapping(self, _prefix: str | None, uri: str | None) -> None:  # noqa: N802
        # The parser parts namespace and name by a space, and would take a piece of such a namespace for the name.
        if uri and any(character.isspace() for character in uri):
            raise ProofProblem("", "ambiguous", what=uri[:80])

    def startElementNS(  # noqa: N802 - the parser calls it so
        self, name: tuple[str | None, str], _qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self._count += 1
        if len(self._paths) > DEEPEST or self._count > MOST_ELEMENTS:
            raise ProofProblem("", "bomb")
        namespace, local = name
        is_own, above = namespace in _OWN, self._paths[-1]
        path = f"{above}/{local}".lstrip("/") if is_own else _FOREIGN
        if (local in self.WATCHED and path not in self.PLACES) or (not is_own and self._is_inside(above)):
            raise ProofProblem("", "ambiguous", what=local[:80])
        self._paths.append(path)
        found = {key: attrs[None, key] for space, key in attrs.getNames() if space is None}
        related = [attrs[space, key] for space, key in attrs.getNames() if space in _RELATIONS and key == "id"]
        self.begin(path, found | {_RELATED: related[0]} if related else found)

    def endElementNS(self, _name: tuple[str | None, str], _qname: str | None) -> None:  # noqa: N802
        self.end(self._paths.pop())

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text.append(content)

    def _is_inside(self, path: str) -> bool:
        return "extLst" not in path and any(path == place or path.startswith(f"{place}/") for place in self.PLACES)


def parse(content: bytes, part: str, elements: Elements) -> None:
    """Tell the elements of a part; raises `ProofProblem`."""
    parser = make_parser()
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(elements)
    parser.forbid_dtd = True
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException as error:
        raise ProofProblem("", "entities") from error
    except (SAXException, ValueError, LookupError) as error:
        raise damaged(part) from error
