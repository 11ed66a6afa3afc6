"""The index of a bundle: a page for people, with small pictures, and a table for programs."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from urllib.parse import quote

from auditor_app import __version__
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Evidence
from auditor_app.models.packed import Lack
from auditor_app.packages.plan import Item

# Text that a spreadsheet would take for a formula, in either width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
CSV_COLUMNS = (
    "number",
    "clause",
    "about",
    "caption",
    "name",
    "file",
    "size",
    "taken",
    "sha256",
    "sha256_file",
    "state",
)
_UNITS = (("GB", 2**30), ("MB", 2**20), ("KB", 2**10))

_STYLE = """
:root{--text:#1d2733;--soft:#4a5868;--line:#dce3ea;--accent:#0f4c81}
*{box-sizing:border-box}
body{margin:0;background:#f3f5f8;color:var(--text);
font:14px/1.55 "Microsoft YaHei UI","PingFang SC","Noto Sans CJK SC","WenQuanYi Micro Hei","Segoe UI",sans-serif}
main{max-width:1240px;margin:0 auto;padding:28px 24px 48px}
h1{font-size:22px;margin:0 0 2px}
h2{font-size:15px;margin:26px 0 8px}
h2 span{color:var(--soft);font-weight:400;font-size:13px;margin-left:6px}
p{margin:4px 0}
.soft{color:var(--soft)}
.box{border:1px solid;border-radius:6px;padding:8px 12px;margin:14px 0}
.note{background:#fff8ea;border-color:#f2ddae;color:#6b4800}
.bad{background:#fbe9e7;border-color:#f0b8b1;color:#8e2117}
.box ul{margin:4px 0;padding-left:20px}
.folders{columns:2;column-gap:32px;padding-left:18px;margin:10px 0}
table{width:100%;border-collapse:collapse;background:#fff;border:1px solid var(--line);table-layout:fixed}
th,td{padding:7px 9px;text-align:left;vertical-align:top;border-top:1px solid #eff2f6;overflow-wrap:anywhere}
th{background:#fafbfc;color:var(--soft);font-weight:500;font-size:12px;border-top:0}
.no{width:58px}.pic{width:136px}.file{width:25%}.taken{width:104px}.hash{width:24%}
td.no{font-weight:600}
img{display:block;max-width:118px;max-height:118px;border:1px solid var(--line)}
a{color:var(--accent)}
code{font:12px/1.45 Consolas,Menlo,"DejaVu Sans Mono",monospace;color:var(--soft)}
.cap{font-weight:600}
.gone{color:#a3271b}
@media print{body{background:#fff;font-size:11px}main{max-width:none;padding:0}
tr{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}code{font-size:9px}}
@page{size:A4 landscape;margin:12mm}
"""
# Whatever stands in the page, nothing is loaded and nothing runs.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True)
class Head:
    """What the index says above the list."""

    number: str
    company: str
    made: datetime
    by: str
    is_bare: bool


@dataclass(frozen=True)
class Entry:
    """A piece of evidence in the bundle, or why it is not; size and sha256 are those of the file in the bundle.

    `small` is a small JPEG of it, if it can be shown.
    """

    item: Item
    path: str = ""
    size: int = 0
    sha256: str = ""
    is_copy: bool = False
    lack: Lack | None = None
    small: bytes | None = None


def csv_index(words: Catalogue, entries: Sequence[Entry]) -> bytes:
    """Return the table as spreadsheets read it: UTF-8 with a mark, nothing in it a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(words.text("bundle", f"column_{column}") for column in CSV_COLUMNS)
    for entry in entries:
        writer.writerow(map(_harmless, _csv_row(words, entry)))
    return file.getvalue().encode("utf-8-sig")


def html_index(words: Catalogue, head: Head, entries: Sequence[Entry]) -> Iterator[bytes]:
    """Yield the page piece by piece: it needs no other file and no network, and what people typed is only text."""
    say = words.text
    language = "zh-CN" if words.language == "zh" else "en"
    title = escape(" · ".join(filter(None, (say("bundle", "title"), head.company or head.number))))
    folders = [(name, list(group)) for name, group in groupby(entries, key=lambda entry: entry.item.place.folder)]
    yield (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    ).encode()
    yield "".join(_opening(words, head, entries)).encode()
    links = "".join(
        f'<li><a href="#f{place}">{escape(name)}</a> <span class="soft">{len(of_folder)}</span></li>'
        for place, (name, of_folder) in enumerate(folders)
    )
    yield f'<ul class="folders">{links}</ul>\n'.encode()
    for place, (name, of_folder) in enumerate(folders):
        count = escape(say("bundle", "pieces", count=len(of_folder)))
        heading = f'<h2 id="f{place}">{escape(name)}<span>{count}</span></h2>'
        yield f"{heading}\n<table>\n{_table_head(words)}<tbody>\n".encode()
        for entry in of_folder:
            yield _row(words, entry).encode()
        yield b"</tbody>\n</table>\n"
    yield b"</main>\n</body>\n</html>\n"


def _opening(words: Catalogue, head: Head, entries: Sequence[Entry]) -> Iterator[str]:
    say = words.text
    missing = [entry for entry in entries if entry.lack is not None]
    moment = head.made.strftime("%Y-%m-%d %H:%M")
    by = say("bundle", "made_by", at=moment, by=head.by) if head.by else say("bundle", "made", at=moment)
    number = say("bundle", "audit", number=head.number) if head.number else ""
    program = say("bundle", "program", version=__version__)
    yield f'<p class="soft">{escape(" · ".join(filter(None, (number, by, program))))}</p>\n'
    count = say("bundle", "count", put=len(entries) - len(missing), all=len(entries))
    yield f"<p>{escape(count)}</p>\n<p>{escape(say('bundle', 'unpack'))}</p>\n"
    yield f'<div class="box note">{escape(say("bundle", "bare" if head.is_bare else "originals"))}</div>\n'
    if missing:
        lines = "".join(f"<li>{escape(_lack_line(words, entry))}</li>" for entry in missing)
        yield f'<div class="box bad">{escape(say("bundle", "left_out"))}<ul>{lines}</ul></div>\n'
    if not entries:
        yield f"<p>{escape(say('bundle', 'none'))}</p>\n"
    else:
        check = escape(say("bundle", "check"))
        yield f'<p class="soft">{check} <code>Get-FileHash</code> / <code>sha256sum</code></p>\n'


def _table_head(words: Catalogue) -> str:
    columns = (("no", "number"), ("pic", "picture"), ("about", "about"), ("file", "file"), ("taken", "taken"))
    cells = [(name, words.text("bundle", f"column_{key}")) for name, key in (*columns, ("hash", "sha256"))]
    inner = "".join(f'<th class="{name}">{escape(text)}</th>' for name, text in cells)
    return f"<thead><tr>{inner}</tr></thead>\n"


def _row(words: Catalogue, entry: Entry) -> str:
    item, row = entry.item, entry.item.row
    shows = escape(row.caption or row.name or item.number)
    picture = (
        f'<img alt="{shows}" src="data:image/jpeg;base64,{b64encode(entry.small).decode()}">' if entry.small else ""
    )
    clause = f'<span class="soft">{escape(item.place.clause)}</span> ' if item.place.clause else ""
    caption = f'<p class="cap">{escape(row.caption)}</p>' if row.caption else ""
    cells = (
        ("no", f'<a id="{item.number}"></a>{item.number}'),
        ("pic", picture),
        ("about", f"{caption}<p>{clause}{escape(item.place.about)}</p>"),
        ("file", _file_cell(words, entry)),
        ("taken", escape(_taken(row))),
        ("hash", _hash_cell(words, entry)),
    )
    inner = "".join(f'<td class="{name}">{content}</td>' for name, content in cells)
    return f"<tr>{inner}</tr>\n"


def _file_cell(words: Catalogue, entry: Entry) -> str:
    row = entry.item.row
    if entry.lack is not None:
        return f'<p>{escape(row.name)}</p><p class="gone">{escape(_state(words, entry))}</p>'
    name = entry.path.rpartition("/")[2]
    is_renamed = bool(row.name) and name.casefold() != f"{entry.item.number}_{row.name}".casefold()
    was = f'<p class="soft">{escape(words.text("bundle", "added_as", name=row.name))}</p>' if is_renamed else ""
    return f'<a href="{escape(quote(entry.path))}">{escape(name)}</a><p class="soft">{_size(entry.size)}</p>{was}'


def _hash_cell(words: Catalogue, entry: Entry) -> str:
    original = f"<code>{entry.item.row.sha256}</code>"
    if not entry.is_copy:
        return original
    of_original = escape(words.text("bundle", "of_original"))
    return f'<code>{entry.sha256}</code><p class="soft">{of_original}</p>{original}'


def _csv_row(words: Catalogue, entry: Entry) -> tuple[str, ...]:
    item, row = entry.item, entry.item.row
    return (
        *(item.number, item.place.clause, item.place.about, row.caption, row.name, entry.path),
        *(str(entry.size if entry.lack is None else row.size), _taken(row), row.sha256, entry.sha256),
        _state(words, entry),
    )


def _state(words: Catalogue, entry: Entry) -> str:
    if entry.lack is not None:
        return words.text("bundle", "is_left_out", lack=words.text("lack", entry.lack))
    return words.text("bundle", "is_copy" if entry.is_copy else "is_original")


def _lack_line(words: Catalogue, entry: Entry) -> str:
    lack = words.text("lack", entry.lack or "")
    return words.text("bundle", "lack_line", number=entry.item.number, name=entry.item.row.name, lack=lack)


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _taken(row: Evidence) -> str:
    return (row.taken_at or "").replace("T", " ")


def _size(size: int) -> str:
    for unit, least in _UNITS:
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} B"
