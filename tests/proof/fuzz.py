"""Give `verify` workbooks that were cut, bent and stuffed: `python -m tests.proof.fuzz --rounds 1000 --seed 7`.

Every one must be answered in a sentence, in time; anything else ends it and names the round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from auditor_app.models.catalogue import Catalogue
from auditor_app.proof.problems import ProofProblem
from auditor_app.proof.telling import changes, heading, sentences
from auditor_app.workbooks.problems import WorkbookProblem
from tests import fuzzing
from tests.proof.reports import checked, packed, parts_of, signed

_TAG = re.compile(rb"<[^>]+>")
_ATTRIBUTE = re.compile(rb'"[^"<>]*"')
_TEXT = re.compile(rb">[^<]+<")
_PIECES = (
    *(b"", b"0", b"-1", b"99999999999999999999", b"1e999", b"nan", b"A1", b"XFE1048577", b"../../etc", b"&#0;", b"&x;"),
    *(b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<a>" * 200, b"\xff\xfe\x00", b"_x0000_", b"_xD800_", "\U0001f4a3".encode()),
    *(b"shared", b"inlineStr", b"d", b"hidden", b"'", b'"', b"]]>", b"<c r='A1'/>", b"=" * 9000),
)
Mutation = Callable[[Random, bytes], bytes]


def ending(content: bytes) -> str:
    """Return how the check of a workbook ended; anything but an answer or a problem in words is raised."""
    words = Catalogue.load("zh", "proof")
    try:
        found = checked(content)
    except (ProofProblem, WorkbookProblem) as problem:
        said, way = words.error(problem), problem.code
    else:
        told = (*sentences(found, words), *(text for _, text in changes(found, words)))
        said, way = "\n".join([heading(found, words), *told]), "whole" if found.is_yes else "not whole"
    assert said.strip(), "no answer"
    assert "{" not in said, said
    return way


def cut(random: Random, content: bytes) -> bytes:
    """Lose the end."""
    return content[: random.randrange(len(content))]


def lose_a_piece(random: Random, content: bytes) -> bytes:
    """Lose a piece in the middle."""
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randrange(1, 5000) :]


def flip(random: Random, content: bytes) -> bytes:
    """Flip bits of the packed file."""
    flipped = bytearray(content)
    for _ in range(random.randrange(1, 30)):
        flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def flip_the_directory(random: Random, content: bytes) -> bytes:
    """Flip bits of the directory at the end of the file: sizes, places, names of parts."""
    flipped = bytearray(content)
    for _ in range(random.randrange(1, 12)):
        flipped[-random.randrange(1, 2500)] ^= 1 << random.randrange(8)
    return bytes(flipped)


def lose_a_part(random: Random, content: bytes) -> bytes:
    """Lose a part."""
    parts = parts_of(content)
    del parts[random.choice(sorted(parts))]
    return packed(parts)


def swap_parts(random: Random, content: bytes) -> bytes:
    """Exchange two parts."""
    parts = parts_of(content)
    one, other = random.sample(sorted(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return packed(parts)


def cut_a_part(random: Random, content: bytes) -> bytes:
    """Lose the end of a part."""
    return _with_part(random, content, lambda part: part[: random.randrange(len(part) + 1)])


def noise_in_a_part(random: Random, content: bytes) -> bytes:
    """Put random bytes into a part."""

    def spoil(part: bytes) -> bytes:
        start = random.randrange(len(part) + 1)
        return part[:start] + random.randbytes(random.randrange(1, 40)) + part[start:]

    return _with_part(random, content, spoil)


def other_attributes(random: Random, content: bytes) -> bytes:
    """Replace values of attributes."""
    return _with_part(random, content, lambda part: _replaced(random, part, _ATTRIBUTE, b'"%b"'))


def other_texts(random: Random, content: bytes) -> bytes:
    """Replace texts: values, formulas, strings."""
    return _with_part(random, content, lambda part: _replaced(random, part, _TEXT, b">%b<"))


def other_tags(random: Random, content: bytes) -> bytes:
    """Lose tags or double them."""
    return _with_part(random, content, lambda part: _replaced(random, part, _TAG, b"%b"))


def other_proof(random: Random, content: bytes) -> bytes:
    """Replace lines of the manifest."""
    parts = parts_of(content)
    parts["xl/worksheets/proof.xml"] = _replaced(random, parts["xl/worksheets/proof.xml"], _TEXT, b">%b<")
    return packed(parts)


def _with_part(random: Random, content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(content)
    name = random.choice(sorted(parts))
    parts[name] = change(parts[name])
    return packed(parts)


def _replaced(random: Random, part: bytes, what: re.Pattern[bytes], form: bytes) -> bytes:
    found = list(what.finditer(part))
    for match in sorted(random.sample(found, min(len(found), random.randrange(1, 4))), key=lambda m: -m.start()):
        part = part[: match.start()] + form % random.choice((*_PIECES, match[0])) + part[match.end() :]
    return part


MUTATIONS: tuple[Mutation, ...] = (
    *(cut, lose_a_piece, flip, flip_the_directory, lose_a_part, swap_parts),
    *(cut_a_part, noise_in_a_part, other_attributes, other_texts, other_tags, other_proof),
)


@contextmanager
def cases() -> Iterator[dict[str, fuzzing.Case]]:
    """Give the check of a signed report."""
    report = signed()
    yield {"reports": lambda luck: ending(luck.choice(MUTATIONS)(luck, report))}


if __name__ == "__main__":
    fuzzing.command(cases)
