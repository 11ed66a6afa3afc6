"""Spoil workbooks at random and read them: whatever comes, it is read or refused with a sentence, and soon.

`python -m tests.replies.fuzz --rounds 1000` spoils as many workbooks for each of the two readings.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO

from auditor_app.models.audit import Audit
from auditor_app.models.changes import ChangeSet, apply
from auditor_app.models.errors import ValidationError
from auditor_app.models.rules import check_change
from auditor_app.replies.proposal import Proposal
from tests import fuzzing
from tests.builders import STANDARD
from tests.replies.workbooks import (
    FIRST,
    SECOND,
    WORDS,
    answered,
    application_in,
    applied,
    audited,
    reply_in,
)

TEXT = [
    *("", "x", "=1", "5.1", "20260305", "9" * 400, "\u202e", "&#x1F600;", "&lt;", "_xD800_", "NaN", "-1", "0", "1e308"),
    *("s", "n", "b", "d", "e", "str", "inlineStr", "A1", "H9", "I10", "finding-1", "finding-2", "new-3", "D1", "true"),
    *("action.cause", "@sent", "@id", "value", "company.name", "是", "2026-02-30", "S1", "1", "2", "&#10;", "\u3000"),
]
SPECIAL = [
    b'<!DOCTYPE a [<!ENTITY b "c">]>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    b"<c/>" * 50,
    b"<row>" * 70,
    b'<c r="XFD1048576" t="s"><v>99999</v></c>',
    b'<mergeCell ref="A1:XFD1048576"/>',
    b"<v>1e999</v>",
    b"\x00",
    b"\xff\xfe",
    b"]]>",
]
_ATTRIBUTE = re.compile(rb'="([^"]*)"')
_ELEMENT = re.compile(rb"<[a-zA-Z:]+[^<>]*>")
_CONTENT = re.compile(rb">([^<>]+)<")


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """Return a workbook with one to four things changed, of the file or of what is in it."""
    if chance.random() < 0.15:
        return _bytes_changed(data, chance)
    parts = _parts(data)
    for _ in range(chance.randint(1, 4)):
        if parts:
            _change_part(parts, chance)
    return _packed(parts, chance)


def ending(reading: Callable[[bytes], Proposal], audit: Audit, data: bytes) -> str:
    """Read a workbook, take all it says and return how that ended; anything but a proposal or a sentence is raised."""
    try:
        proposal = reading(data)
    except ValidationError as error:
        # A code without words would raise here.
        return error.code if WORDS.error(error) else "without words"
    return _taken(audit, proposal) if proposal.lines else "without lines"


def _taken(audit: Audit, proposal: Proposal) -> str:
    try:
        change_set = ChangeSet(audit.id, proposal.changes(audit, range(len(proposal.lines))))
        check_change(STANDARD, apply(audit, change_set), change_set)
    except ValidationError:
        # Together they may contradict each other; then nothing is taken at all.
        return "refused together"
    return "with lines"


@contextmanager
def cases() -> Iterator[dict[str, fuzzing.Case]]:
    """Give the reading of replies and of applications."""
    audit = audited()
    reply = answered(audit, (FIRST, "action.cause", "原因"), (SECOND, "action.due", "2026-4-1"))
    application = applied(
        audit,
        ("profile", "company.name", "value", "新名称"),
        ("sites", "new-1", "name", "新场所"),
        ("documents", "D4", "enclosed", "是 Yes"),
    )
    yield {
        "replies": lambda luck: ending(partial(reply_in, audit), audit, spoiled(reply, luck)),
        "applications": lambda luck: ending(partial(application_in, audit), audit, spoiled(application, luck)),
    }


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes], chance: random.Random) -> bytes:
    file = BytesIO()
    method = chance.choice([zipfile.ZIP_DEFLATED] * 8 + [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    way = chance.randrange(4)
    if way == 0:
        return data[: chance.randrange(len(data))]
    spoilt = bytearray(data)
    if way == 1:
        for _ in range(chance.randint(1, 30)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    elif way == 2:
        start = chance.randrange(len(spoilt))
        del spoilt[start : start + chance.randint(1, 2000)]
    else:
        start = chance.randrange(len(spoilt))
        spoilt[start:start] = chance.randbytes(chance.randint(1, 200))
    return bytes(spoilt)


def _change_part(parts: dict[str, bytes], chance: random.Random) -> None:
    name = chance.choice(list(parts))
    if chance.random() < 0.7:
        name = chance.choice([each for each in parts if "sheet" in each] or [name])
    content = parts[name]
    way = chance.choice([0, 1, 2, 3, 4, *[5] * 25])
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[name] = parts[chance.choice(list(parts))]
    elif way == 2:
        parts[name] = content[: chance.randrange(len(content) + 1)]
    elif way == 3:
        place = chance.randrange(len(content) + 1)
        parts[name] = content[:place] + chance.choice(SPECIAL) + content[place:]
    elif way == 4:
        parts[name] = _exchanged(content, _ELEMENT, chance, chance.choice(SPECIAL))
    else:
        pattern = chance.choice([_ATTRIBUTE, _CONTENT])
        word = chance.choice(TEXT).encode()
        whole = b'="%b"' % word.replace(b'"', b"").replace(b"<", b"") if pattern is _ATTRIBUTE else b">%b<" % word
        for _ in range(chance.randint(1, 6)):
            parts[name] = _exchanged(parts[name], pattern, chance, whole)


def _exchanged(content: bytes, pattern: re.Pattern[bytes], chance: random.Random, word: bytes) -> bytes:
    matches = list(pattern.finditer(content))
    if not matches:
        return content
    match = chance.choice(matches)
    return content[: match.start()] + word + content[match.end() :]


if __name__ == "__main__":
    fuzzing.command(cases)
