"""Spoil audit files and import them into a real library: taken whole, or refused in words with nothing written.

`python -m tests.exchange.fuzz --rounds 1000` is the long form, `tests/exchange/test_spoilt_files.py` the short one.
"""

from __future__ import annotations

import base64
import copy
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image

from auditor_app import files
from auditor_app.exchange.audit_file import decode_whole, encode
from auditor_app.exchange.standards import shipped_standard
from auditor_app.models.audit import same_content
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.storage.library import Library
from tests import fuzzing

PHOTO, SCAN = "0f" * 32, "a1" * 32
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**40, 1.5, 1e308, float("nan"), float("inf"), "", " ", "\u3000"),
    *([], {}, [[]], [{}], [None], {"": None}, ["x"] * 400, {str(n): n for n in range(300)}),
    *(
        "\ud800",
        "\udfff\ud800",
        "\u0000",
        "\u202e",
        "\ufffe",
        "a\nb\tc\r",
        "=1+1",
        "#N/A",
        "审" * 40_000,
        "x" * 100_000,
    ),
    *("2026-02-30", "0000-00-00", "9999-12-31", "2026-3-1", "2026-03-02T24:00", "2026-03-02T09:14:05", "1e3", "-0.5"),
    *(
        "../../etc/passwd",
        "S1",
        "S9",
        "5",
        "5.1.1.1",
        "9.9",
        "D1",
        "D99",
        "opening",
        "W2",
        "F1",
        "F9",
        PHOTO,
        PHOTO[1:],
    ),
    *(
        "met",
        "not_met",
        "sampled",
        "deleted",
        "unjudged",
        "leader",
        "initial",
        "image/jpeg",
        "arrow 0 0 10 10",
        "arrow",
    ),
    *("/9j/", "/9j/4AAQ", "////", "=" * 8, "data:image/jpeg;base64,/9j/", "A" * 300_000),
)
PIECES = (
    *(b"", b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\u", b"\\ud800", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(b"NaN", b"-Infinity", b"1e999", b"-0", b"9" * 5000, b"[" * 3000, b'{"a":' * 3000, b'"\\u0000"', b"/*", b"'"),
)
_NAME = re.compile(rb'"[a-z_]+":')

Spoil = Callable[[Any, Random], None]


def sample() -> dict[str, Any]:
    """Return the pump maker's file with two pieces of evidence on rows of every sort, and a small picture."""
    raw: dict[str, Any] = json.loads(files.SAMPLE.read_text("utf-8"))
    raw["samples"][0]["id"], raw["findings"][0]["id"] = "W2", "F1"
    raw["evidence"] = [
        {"subject_kind": "sample", "subject": "W2", "sha256": PHOTO, "marks": ["arrow 0 0 10 10"], "rotation": 90},
        {"subject_kind": "finding", "subject": "F1", "sha256": PHOTO, "media_type": "image/jpeg", "size": 900},
        {"subject_kind": "document", "subject": "D1", "sha256": SCAN, "name": "申请书.pdf", "size": 1024},
        {"subject_kind": "meeting", "subject": "opening", "sha256": SCAN, "taken_at": "2026-03-02T09:14:05"},
    ]
    picture = BytesIO()
    Image.new("RGB", (64, 48), (20, 60, 200)).save(picture, "JPEG")
    raw["thumbnails"] = [{"sha256": PHOTO, "jpeg": base64.b64encode(picture.getvalue()).decode()}]
    return raw


def places_in(node: Any) -> list[tuple[Any, Any]]:
    """Return every holder and key of a JSON value, from the outside in."""
    found: list[tuple[Any, Any]] = []
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        found += [(node, key), *places_in(node[key])]
    return found


def _other_value(raw: Any, luck: Random) -> None:
    holder, key = luck.choice(places_in(raw))
    holder[key] = copy.deepcopy(luck.choice(VALUES))


def _value_from_elsewhere(raw: Any, luck: Random) -> None:
    """Put what stands in one place into another: the right type more often than chance, and the wrong meaning."""
    places = places_in(raw)
    holder, key = luck.choice(places)
    alike = [place for place in places if place[1] == key or type(place[0][place[1]]) is type(holder[key])]
    source, source_key = luck.choice(alike)
    holder[key] = copy.deepcopy(source[source_key])


def _gone(raw: Any, luck: Random) -> None:
    holder, key = luck.choice(places_in(raw))
    del holder[key]


def _doubled(raw: Any, luck: Random) -> None:
    """Repeat an item of a list, once or very often."""
    lists = [holder[key] for holder, key in places_in(raw) if isinstance(holder[key], list) and holder[key]]
    rows = luck.choice(lists or [[0]])
    rows.extend(copy.deepcopy(luck.choice(rows)) for _ in range(luck.choice((1, 1, 1, 40, 2000))))


def _renamed(raw: Any, luck: Random) -> None:
    objects = [
        *filter(None, [raw]),
        *(holder[key] for holder, key in places_in(raw) if isinstance(holder[key], dict) and holder[key]),
    ]
    if not objects:
        return
    node = luck.choice(objects)
    name = luck.choice(list(node))
    other = luck.choice((name.upper(), name + " ", "", "\u0430udit", "x" * 9000, luck.choice(list(node))))
    node[other] = node.pop(name)


def _shuffled(raw: Any, luck: Random) -> None:
    lists = [holder[key] for holder, key in places_in(raw) if isinstance(holder[key], list)]
    luck.shuffle(luck.choice(lists or [[]]))


def _text_spoilt(raw: Any, luck: Random) -> None:
    """Put a piece into a text, so that the rest of it still is what it was."""
    texts = [(holder, key) for holder, key in places_in(raw) if isinstance(holder[key], str)]
    holder, key = luck.choice(texts or [([""], 0)])
    place = luck.randrange(len(holder[key]) + 1)
    piece = luck.choice(("\ud800", "\u0000", "\n", "\u200b", "e\u0301", "0", "-", ".", "T", " ", "审", "\U0001f4a3"))
    holder[key] = holder[key][:place] + piece + holder[key][place + luck.randrange(2) :]


SPOILS: tuple[Spoil, ...] = (
    *(_other_value, _other_value, _value_from_elsewhere, _value_from_elsewhere),
    *(_gone, _doubled, _renamed, _shuffled, _text_spoilt, _text_spoilt),
)


def _bytes_spoilt(data: bytes, luck: Random) -> bytes:
    """Spoil the file as bytes: bits, ends, pieces, names that stand twice."""
    place = luck.randrange(len(data))
    match luck.randrange(6):
        case 0:
            return data[:place]
        case 1:
            flipped = bytearray(data)
            for _ in range(luck.choice((1, 1, 4, 30))):
                flipped[luck.randrange(len(flipped))] ^= 1 << luck.randrange(8)
            return bytes(flipped)
        case 2:
            return data[:place] + data[place + luck.randint(1, 300) :]
        case 3:
            return data[:place] + luck.choice(PIECES) + data[place:]
        case 4:
            match = luck.choice(list(_NAME.finditer(data)) or [None])
            return data[: match.start()] + match[0] + b" 1, " + data[match.start() :] if match else data * 2
        case _:
            text = data.decode("utf-8", "replace")
            return text.encode(luck.choice(("utf-16", "utf-32", "gb18030", "utf-8-sig")))


def spoilt(raw: dict[str, Any], luck: Random) -> bytes:
    """Return an audit file with one to four things wrong, mostly in what it says, sometimes in how it is written."""
    changed = copy.deepcopy(raw)
    if luck.random() < 0.5:
        # With its own id it can only say something else of an audit that is here already.
        changed["id"] = str(UUID(int=luck.getrandbits(128)))
    for _ in range(luck.randint(1, 4)):
        if changed and places_in(changed):
            luck.choice(SPOILS)(changed, luck)
    data = json.dumps(changed, ensure_ascii=luck.random() < 0.5).encode("utf-8", "surrogatepass")
    return _bytes_spoilt(data, luck) if luck.random() < 0.3 else data


class Receiver:
    """A library that holds one audit, put back after a file was taken in."""

    def __init__(self, folder: Path, raw: dict[str, Any]) -> None:
        self._pristine, self._folder, self._file = folder / "pristine", folder / "library", folder / "audit.json"
        self._raw = raw
        self._words = [Catalogue.load(language, "exchange") for language in ("zh", "en")]
        self._file.write_text(json.dumps(raw), "utf-8")
        with closing(Library(self._pristine, "fuzz")) as library:
            whole = files.read_audit_file(self._file)
            library.add(whole.audit, whole.standard)
        files.keep_thumbnails(self._pristine, whole.thumbnails)
        self._put_back()

    def close(self) -> None:
        self._library.close()

    def case(self, luck: Random) -> str:
        """Import one spoilt file and return how that ended."""
        self._file.write_bytes(spoilt(self._raw, luck))
        before = self._content()
        try:
            whole = files.read_audit_file(self._file)
            is_new = self._library.add(whole.audit, whole.standard)
        except ValidationError as problem:
            self._check_refusal(problem, before)
            return problem.code
        if not is_new:
            assert self._content() == before, "a file that brought nothing was written"
            return "already there"
        standard, stored = self._library.load(whole.audit.id)
        assert (stored, repr(stored)) == (whole.audit, repr(whole.audit))
        # What is stored leaves in a file that says the same.
        again = decode_whole(encode(stored, standard, whole.thumbnails), shipped_standard)
        assert same_content(again.audit, stored)
        files.keep_thumbnails(self._folder, whole.thumbnails)
        self._library.close()
        self._put_back()
        return "taken in"

    def _check_refusal(self, problem: ValidationError, before: dict[str, bytes]) -> None:
        said = [words.error(problem) for words in self._words]
        assert all(text.strip() and "\n" not in text + problem.path for text in said), problem.code
        assert self._content() == before, "a refused file was written"

    def _put_back(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._pristine, self._folder)
        self._library = Library(self._folder, "fuzz")

    def _content(self) -> dict[str, bytes]:
        """Return every file of the library; what SQLite notes of its readers is none of it."""
        paths = (path for path in self._folder.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
        return {str(path.relative_to(self._folder)): path.read_bytes() for path in paths}


@contextmanager
def cases() -> Iterator[dict[str, fuzzing.Case]]:
    """Give the import into a library of its own."""
    with tempfile.TemporaryDirectory() as name, closing(Receiver(Path(name), sample())) as receiver:
        yield {"audit files": receiver.case}


if __name__ == "__main__":
    fuzzing.command(cases)
