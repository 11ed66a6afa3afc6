"""Spoil forms in many ways and fill them: each is filled, or refused in words; nothing else may come out.

`python -m tests.forms.fuzz --rounds 1000` is the long form, `tests/forms/test_hostile_forms.py` the short one.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO

from auditor_app import files
from auditor_app.forms.catalogue import Fields
from auditor_app.forms.filling import filled
from auditor_app.forms.preview import previewed
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.scan import scanned
from auditor_app.models.progress import unwatched
from tests import fuzzing
from tests.forms.body_form import body_form, changed

_NUMBER = re.compile(rb"\d+")
_PLACE = re.compile(rb'"\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?"')
_TAG = re.compile(rb"<[^>]+>")
_NUMBERS = (b"0", b"-1", b"1", b"99999999999999999999", b"1048576", b"1048577", b"2147483648", b"1e9", b"", b"A")
_PLACES = (b'"A1"', b'"XFD1048576"', b'"ZZZ9"', b'"A0"', b'""', b'"A1:A"', b'"B9:A1"', b'"A1:XFD1048576"', b'"$5:$6"')
_LONG = b"{{findings[].facts}}" * 40

Spoil = Callable[[bytes, random.Random], bytes]


def flipped(content: bytes, luck: random.Random) -> bytes:
    """Change single bytes."""
    spoilt = bytearray(content)
    for _ in range(luck.randint(1, 8)):
        if spoilt:
            spoilt[luck.randrange(len(spoilt))] = luck.randrange(256)
    return bytes(spoilt)


def cut_off(content: bytes, luck: random.Random) -> bytes:
    """End in the middle."""
    return content[: luck.randrange(len(content) + 1)]


def without_some(content: bytes, luck: random.Random) -> bytes:
    """Leave a piece out."""
    start = luck.randrange(len(content) + 1)
    return content[:start] + content[start + luck.randint(1, 200) :]


def doubled(content: bytes, luck: random.Random) -> bytes:
    """Repeat a piece."""
    start = luck.randrange(len(content) + 1)
    end = start + luck.randint(1, 400)
    return content[:end] + content[start:end] + content[end:]


def _one_replaced(pattern: re.Pattern[bytes], others: tuple[bytes, ...]) -> Spoil:
    def spoil(content: bytes, luck: random.Random) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return content
        match = luck.choice(found)
        return content[: match.start()] + luck.choice(others) + content[match.end() :]

    return spoil


def without_tag(content: bytes, luck: random.Random) -> bytes:
    """Leave one tag out."""
    return _one_replaced(_TAG, (b"",))(content, luck)


def tags_swapped(content: bytes, luck: random.Random) -> bytes:
    """Put one tag in the place of another."""
    tags = _TAG.findall(content)
    return _one_replaced(_TAG, tuple(luck.sample(tags, min(len(tags), 3))))(content, luck) if tags else content


def with_entities(content: bytes, luck: random.Random) -> bytes:
    """Ask for a file outside."""
    head, end, rest = content.partition(b"?>")
    kind = luck.choice((b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"<!DOCTYPE x>"))
    return head + end + kind + rest if end else kind + content


def with_placeholders(content: bytes, luck: random.Random) -> bytes:
    """Put placeholders of lists where there was text."""
    return _one_replaced(re.compile(rb"(?<=>)[^<>]+(?=<)"), (_LONG, b"{{", b"{{documents[].title}}", b"}}{{score}}"))(
        content, luck
    )


SPOILS: tuple[Spoil, ...] = (
    *(flipped, cut_off, without_some, doubled, without_tag, tags_swapped, with_entities, with_placeholders),
    # These leave the format whole and say impossible things, so most of the ways are theirs.
    *(_one_replaced(_NUMBER, _NUMBERS), _one_replaced(_PLACE, _PLACES), with_placeholders) * 4,
)


def spoilt(form: bytes, luck: random.Random) -> bytes:
    """Return a form with a part or the whole file spoilt in some way."""
    if luck.random() < 0.1:
        return luck.choice((flipped, cut_off, without_some))(form, luck)

    def spoil(parts: dict[str, bytes]) -> None:
        for _ in range(luck.randint(1, 3)):
            if not parts:
                return
            name = luck.choice(list(parts))
            if luck.random() < 0.05:
                del parts[name]
            else:
                parts[name] = luck.choice(SPOILS)(parts[name], luck)

    return changed(form, spoil)


def ending(form: bytes, fields: Fields) -> str:
    """Fill a form and return how that ended; raises what is our bug."""
    try:
        previewed(scanned(form), fields, {}, None)
        result = BytesIO()
        filled(form, fields, {}, result, unwatched)
    except FormProblem as problem:
        return problem.code
    # What was filled can be read, and asks for nothing any more that was known.
    scanned(result.getvalue())
    with zipfile.ZipFile(result) as archive:
        assert archive.testzip() is None
    return "filled"


@contextmanager
def cases() -> Iterator[dict[str, fuzzing.Case]]:
    """Give the filling of a form with the pump maker's audit."""
    standard, audit = files.read_audit(files.SAMPLE)
    fields, form = Fields(standard, audit, "zh", date(2026, 11, 28)), body_form()
    yield {"forms": lambda luck: ending(spoilt(form, luck), fields)}


if __name__ == "__main__":
    fuzzing.command(cases)
