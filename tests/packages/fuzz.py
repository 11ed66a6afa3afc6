"""Open packages that were spoiled in every way: `python -m tests.packages.fuzz [--rounds 1000] [--seed 1]`.

Every one of them must be refused in words, or opened and said to be changed, or be what was sealed. Nothing hangs, and
the library stays as it was.
"""

from __future__ import annotations

import json
import random
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from auditor_app.deliveries.packages import open_sealed, take_evidence
from auditor_app.models.audit import Audit, same_content
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError, ValidationError
from auditor_app.models.packed import OpenedPackage
from auditor_app.storage.library import Library
from tests import fuzzing
from tests.packages.sealing import PASSWORD, Entries, entries_of, seal, small_audit, zipped

INTERESTING = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
NAMES = ("../x", "/x", "evidence/", "audit.json\0.exe", "x" * 9_000, "审核.json", "AUDIT.JSON", "C:\\x", "")
Mutation = Callable[[random.Random, bytes, Entries], bytes]


@contextmanager
def cases() -> Iterator[dict[str, fuzzing.Case]]:
    """Give the opening of packages beside a library that must stay as it is."""
    words = Catalogue.load("zh", "packages", "exchange")
    with tempfile.TemporaryDirectory() as name:
        maker, receiver, path = Path(name, "maker"), Path(name, "receiver"), Path(name, "package.zip")
        standard, audit = small_audit(maker)
        plain, locked = seal(standard, audit, maker)[0], seal(standard, audit, maker, PASSWORD)[0]
        entries = entries_of(plain)
        Library(receiver, "fuzz").close()
        before = _content(receiver)

        def case(drawn: random.Random) -> str:
            package = locked if drawn.randrange(3) == 0 else plain
            path.write_bytes(drawn.choice(MUTATIONS)(drawn, package, entries))
            outcome = _opened(path, receiver, audit, words)
            assert _content(receiver) == before, "the library was touched"
            return outcome

        yield {"packages": case}


def _opened(path: Path, receiver: Path, audit: Audit, words: Catalogue) -> str:
    try:
        opened = open_sealed(path, PASSWORD)
    except AuditorError as error:
        return error.code if words.error(error) else "without words"
    if opened.is_whole:
        assert opened.audit is not None
        assert same_content(opened.audit, audit)
        return "whole"
    _check_not_taken(opened, receiver)
    assert all(map(words.error, opened.problems))
    return "changed"


def _check_not_taken(opened: OpenedPackage, receiver: Path) -> None:
    try:
        take_evidence(opened, receiver)
    except ValidationError:
        return
    raise AssertionError("a changed package was taken in")


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Ways to spoil a package.


def _flip(drawn: random.Random, package: bytes, _entries: Entries) -> bytes:
    spoiled = bytearray(package)
    for _ in range(drawn.choice((1, 1, 3, 40))):
        spoiled[drawn.randrange(len(spoiled))] ^= 1 << drawn.randrange(8)
    return bytes(spoiled)


def _cut(drawn: random.Random, package: bytes, _entries: Entries) -> bytes:
    return package[: drawn.randrange(len(package))]


def _splice(drawn: random.Random, package: bytes, _entries: Entries) -> bytes:
    start, length, to = drawn.randrange(len(package)), drawn.randrange(1, 4_000), drawn.randrange(len(package))
    piece = package[start : start + length]
    return package[:to] + piece + package[to + drawn.choice((0, length)) :]


def _lists(drawn: random.Random, package: bytes, _entries: Entries) -> bytes:
    """Spoil the list of entries and the end, where readers of zips believe what they find."""
    spoiled = bytearray(package)
    start = struct.unpack("<L", package[-6:-2])[0]
    for _ in range(drawn.choice((1, 2, 5))):
        place = drawn.randrange(start, len(package) - 4)
        form = drawn.choice(("<B", "<H", "<L"))
        most = (1 << (8 * struct.calcsize(form))) - 1
        spoiled[place : place + struct.calcsize(form)] = struct.pack(form, drawn.choice(INTERESTING) & most)
    return bytes(spoiled)


def _heads(drawn: random.Random, package: bytes, _entries: Entries) -> bytes:
    """Spoil the head of an entry, where the list says something else."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        entry = drawn.choice(archive.infolist())
    spoiled = bytearray(package)
    place = entry.header_offset + drawn.randrange(70)
    spoiled[place] = drawn.choice(INTERESTING) & 0xFF
    return bytes(spoiled)


def _large(drawn: random.Random, package: bytes, _entries: Entries) -> bytes:
    """Put the records of a zip beyond 4 GB before the end, with whatever sizes."""
    values = [drawn.choice((*INTERESTING, 2**63, len(package))) for _ in range(4)]
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, *values)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(package) - 22, 1)
    return package[:-22] + large + locator + package[-22:]


def _other_manifest(drawn: random.Random, _package: bytes, entries: Entries) -> bytes:
    raw = json.loads(entries["manifest.json"])
    target = drawn.choice((raw, raw["audit"], *raw["parts"]))
    key = drawn.choice(list(target))
    target[key] = drawn.choice(
        (None, True, -1, 2**70, 1e308, "", "x" * 10_000, "../x", [], {}, [[]] * 3, [{}], "\ud800")
    )
    return zipped(entries | {"manifest.json": json.dumps(raw).encode()})


def _other_entries(drawn: random.Random, _package: bytes, entries: Entries) -> bytes:
    pairs = list(entries.items())
    for _ in range(drawn.randrange(1, 4)):
        name, content = drawn.choice(pairs)
        match drawn.randrange(4):
            case 0:
                pairs.remove((name, content))
            case 1:
                pairs.append((drawn.choice(NAMES), content[:50]))
            case 2:
                pairs.append((name.upper(), content))
            case _:
                pairs[pairs.index((name, content))] = (name, _flip(drawn, content, entries))
    return zipped(pairs, drawn.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


def _other_audit(drawn: random.Random, _package: bytes, entries: Entries) -> bytes:
    return zipped(entries | {"audit.json": _flip(drawn, entries["audit.json"], entries)})


MUTATIONS: tuple[Mutation, ...] = (
    *(_flip, _cut, _splice, _lists, _lists, _heads, _large),
    *(_other_manifest, _other_entries, _other_audit),
)


if __name__ == "__main__":
    fuzzing.command(cases)
