"""The evidence bundle: a zip with a folder for each clause, and an index that says what is in it and what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Evidence
from auditor_app.models.evidence import is_picture
from auditor_app.models.packed import Lack, LeftOut, Packed, Packing
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.standard import Standard
from auditor_app.models.text import SECOND
from auditor_app.packages.index import Entry, Head, csv_index, html_index
from auditor_app.packages.names import ENDINGS, file_name, suffix_of
from auditor_app.packages.plan import Item, plan
from auditor_app.packages.writing import Meter, ZipWriter, opened_whole, pieces_of, zip_into


@dataclass(frozen=True)
class Contents:
    """Where content comes from.

    `original` returns the path by sha256, `small` a small JPEG for the index, `bare` a JPEG without anything but the
    picture from the open file; each returns None where there is none.
    """

    original: Callable[[str], Path | None]
    small: Callable[[Evidence], bytes | None]
    bare: Callable[[Evidence, BinaryIO], bytes | None]


def write_bundle(
    file: BinaryIO,
    standard: Standard,
    audit: Audit,
    contents: Contents,
    packing: Packing,
    made: datetime,
    by: str,
    progress: Progress = unwatched,
) -> Packed:
    """Write the bundle into an open file; the same audit, content and moment make the same bytes without a password.

    Evidence whose content is missing or damaged, or that cannot be copied bare, is left out and named in the index.
    Raises what the file raises, `PackageProblem` for an unfit password or content that changes meanwhile, and what
    ends the `progress`, whose steps are kilobytes of evidence.
    """
    words = Catalogue.load(packing.language, "packages")
    items = plan(standard, audit, words)
    meter = Meter(sum(item.row.size for item in items), progress)
    with zip_into(file, made, packing.password) as writer:
        entries = [_put(writer, item, contents, packing.bare, meter) for item in items]
        head = Head(audit.info.number, audit.company.name, made, by, is_bare=packing.bare)
        writer.put("index.html", html_index(words, head, entries), packed=True)
        in_order = sorted(entries, key=lambda entry: (len(entry.item.number), entry.item.number))
        writer.put("index.csv", [csv_index(words, in_order)], packed=True)
    return packed_of(in_order)


def packed_of(entries: Sequence[Entry]) -> Packed:
    """Return how many pieces are in, and which are not."""
    left_out = tuple(
        LeftOut(entry.item.number, entry.item.row.name, entry.lack) for entry in entries if entry.lack is not None
    )
    return Packed(len(entries) - len(left_out), left_out)


def _put(writer: ZipWriter, item: Item, contents: Contents, bare: bool, meter: Meter) -> Entry:
    row = item.row
    # Here, so that the index needs no time of its own at the end.
    small = contents.small(row)
    opened = opened_whole(contents.original(row.sha256), row.sha256, meter)
    if isinstance(opened, Lack):
        meter.count(row.size)
        return Entry(item, lack=opened, small=small)
    with opened as file:
        if bare and is_picture(row):
            return replace(_put_bare(writer, item, contents.bare(row, file), meter), small=small)
        ending = suffix_of(row.name) or ENDINGS.get(row.media_type, "")
        path = f"{item.place.folder}/{file_name(item.number, row.name, ending)}"
        written = writer.put(path, pieces_of(file, row.sha256, row.name, meter), _taken(row))
    return Entry(item, path, written.size, written.sha256, small=small)


def _put_bare(writer: ZipWriter, item: Item, copy: bytes | None, meter: Meter) -> Entry:
    meter.count(item.row.size)
    if copy is None:
        return Entry(item, lack=Lack.NO_COPY)
    path = f"{item.place.folder}/{file_name(item.number, item.row.name, '.jpg')}"
    written = writer.put(path, [copy], _taken(item.row))
    return Entry(item, path, written.size, written.sha256, is_copy=True)


def _taken(row: Evidence) -> datetime | None:
    return datetime.strptime(row.taken_at, SECOND) if row.taken_at else None
