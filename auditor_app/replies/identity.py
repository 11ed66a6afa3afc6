"""How a workbook says, out of sight, which audit and row a cell belongs to and what it held when it went out.

The row above the header of a table is hidden: it holds the key of every column and, in the last but one, the mark.
Below the mark stand the ids of rows, and beside them the digests of what was sent. All of it moves with its row when
somebody sorts, copies or saves with another program.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum

from auditor_app.models.text import clean
from auditor_app.replies.problems import ReplyProblem

MARK = "auditor-workbench.form "
VERSION = 1
ID, SENT = "@id", "@sent"
"""Keys of the columns with ids and digests; the cell of the first is the mark."""
LONGEST_MARK = 2_000
CUT = "+"
"""After a digest: what was sent was cut."""

_DIGEST = re.compile(r"([a-z_.@]{1,40})=([0-9a-f]{16})(\+?)")


class Part(StrEnum):
    """What a table of a workbook holds."""

    REPLIES = "replies"
    PROFILE = "profile"
    SITES = "sites"
    SUBCONTRACTS = "subcontracts"
    DOCUMENTS = "documents"


@dataclass(frozen=True)
class Mark:
    """Which audit a table belongs to, what it holds, when it was made; `filled` when it went out with what is known."""

    part: str
    audit: str
    number: str = ""
    company: str = ""
    made: str = ""
    filled: bool = True
    version: int = VERSION


@dataclass(frozen=True)
class Sent:
    """What a cell held when it went out: a digest, and whether it was cut to fit."""

    digest: str
    was_cut: bool


def marked(mark: Mark) -> str:
    """Return the text of the cell that says what a table is."""
    # In ASCII, so that nothing on the way finds a character to change.
    return MARK + json.dumps(asdict(mark), separators=(",", ":"))


def mark_of(text: str) -> Mark:
    """Read such a text; raises `ReplyProblem` for one that nobody made or a newer program did."""
    if len(text) > LONGEST_MARK:
        raise ReplyProblem("", "damaged")
    try:
        raw = json.loads(text.removeprefix(MARK))
        version = raw["version"]
        known = {field.name: raw[field.name] for field in fields(Mark)}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ReplyProblem("", "damaged") from error
    if type(version) is int and version > VERSION:
        raise ReplyProblem("", "newer")
    texts = [value for name, value in known.items() if name not in ("filled", "version")]
    if version != VERSION or type(known["filled"]) is not bool or not all(isinstance(each, str) for each in texts):
        raise ReplyProblem("", "damaged")
    return Mark(**known)


def canonical(value: object) -> str:
    """Return a value as it is compared: what a spreadsheet may do to it unasked makes no difference."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
    # Excel keeps neither the spaces at the end of a line nor the kind of line break.
    return "\n".join(line.rstrip() for line in clean(str(value)).split("\n")).strip()


def digest(value: object) -> str:
    """Return the digest of a value as it is compared."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def row_digest(audit_id: str, row_id: str) -> str:
    """Return what proves that a row of this id was sent in a workbook of this audit."""
    return digest(f"{audit_id} {row_id}")


def sent_text(sent: Mapping[str, Sent]) -> str:
    """Return the text of the cell that holds the digests of a row."""
    return " ".join(f"{key}={each.digest}{CUT if each.was_cut else ''}" for key, each in sent.items())


def sent_in(text: str) -> dict[str, Sent]:
    """Return the digests of such a text; what is none is left out."""
    found = (_DIGEST.fullmatch(word) for word in text[:LONGEST_MARK].split())
    return {match[1]: Sent(match[2], bool(match[3])) for match in found if match}
