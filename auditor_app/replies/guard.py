"""A workbook from outside, opened without trusting it: bounded in every direction, and only the parts asked for."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from auditor_app.replies.problems import ReplyProblem

LARGEST_FILE = 32 * 2**20
"""Bytes of a workbook as it is stored."""
LARGEST_TOGETHER = 32 * 2**20
"""Bytes of all parts that are read, unpacked."""
MOST_PARTS = 10_000
DEEPEST = 64
"""Elements within each other."""
MOST_ELEMENTS = 400_000
"""Of all parts that are read."""

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_METHODS = (ZIP_STORED, ZIP_DEFLATED)
_ENCRYPTED_FLAG = 1
_DAMAGE = (
    *(BadZipFile, LargeZipFile, EOFError, OSError, RuntimeError, NotImplementedError),
    *(ValueError, IndexError, KeyError, OverflowError, struct.error, zlib.error),
)


class Package:
    """The parts of a workbook by name, in any case; raises `ReplyProblem` for what is none or is too large."""

    def __init__(self, data: bytes) -> None:
        _check_kind(data)
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _DAMAGE as error:
            raise ReplyProblem("", "damaged") from error
        if len(infos) > MOST_PARTS:
            raise ReplyProblem("", "too_large_inside")
        self._infos: dict[str, ZipInfo] = {}
        for info in infos:
            # Two parts of one name are two truths: another program may read the other one.
            if self._infos.setdefault(_plain(info.filename), info) is not info:
                raise ReplyProblem("", "damaged")
        self._room = LARGEST_TOGETHER
        self._elements = MOST_ELEMENTS

    def holds(self, name: str) -> bool:
        """Say whether there is such a part."""
        return _plain(name) in self._infos

    def part(self, name: str) -> bytes:
        """Return the content of a part; raises `ReplyProblem` when it is missing, damaged, encrypted or too large."""
        info = self._infos.get(_plain(name))
        if info is None or info.compress_type not in _METHODS:
            raise ReplyProblem("", "damaged")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise ReplyProblem("", "encrypted")
        try:
            # What the list of parts says about sizes may be a lie; what is unpacked is counted.
            with self._zip.open(info) as file:
                data = file.read(self._room + 1)
        except _DAMAGE as error:
            raise ReplyProblem("", "damaged") from error
        if len(data) > self._room:
            raise ReplyProblem("", "too_large_inside")
        self._room -= len(data)
        return data

    def read(self, name: str, handler: Handler) -> None:
        """Have a handler read a part that is XML; entities and document types of any kind are refused."""
        handler.most = self._elements
        try:
            parseString(self.part(name), handler, forbid_dtd=True)
        except (SAXException, DefusedXmlException, UnicodeError, LookupError, ValueError) as error:
            raise ReplyProblem("", "damaged") from error
        self._elements -= handler.count


class Handler(ContentHandler):
    """Names without their prefix, text of the elements one asks for; subclasses say what they look at."""

    def __init__(self) -> None:
        super().__init__()
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

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802
        self.count += 1
        if len(self._open) >= DEEPEST:
            raise ReplyProblem("", "damaged")
        if self.count > self.most:
            raise ReplyProblem("", "too_large_inside")
        local = name.rpartition(":")[2]
        self._open.append(local)
        self._text.clear()
        pairs = attrs.items()  # type: ignore[attr-defined]
        self.begin(local, {key.rpartition(":")[2]: value for key, value in pairs})

    def endElement(self, name: str) -> None:  # noqa: N802
        self._open.pop()
        self.finish(name.rpartition(":")[2], "".join(self._text))
        self._text.clear()

    def characters(self, content: str) -> None:
        self._text.append(content)


def _check_kind(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise ReplyProblem("", "too_large", most=LARGEST_FILE // 2**20)
    if not data:
        raise ReplyProblem("", "empty")
    if data.startswith(_COMPOUND):
        raise ReplyProblem("", "encrypted" if _ENCRYPTED in data else "old_excel")
    if not data.startswith(b"PK"):
        raise ReplyProblem("", "not_a_workbook")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
