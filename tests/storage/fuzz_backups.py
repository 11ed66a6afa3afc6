"""Spoil a backup, what lies beside it, or both, and list, look into, make and restore: part of `tests.storage.fuzz`.

A spoilt backup hides no other one and keeps none from being made. Whatever is asked of it works or is refused in words,
and a refused restore leaves every byte of the library.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

from auditor_app.deliveries.backup_commands import told_audits, told_backups
from auditor_app.models.backups import Backup, BackupKind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import AuditId
from auditor_app.models.opening import State
from auditor_app.storage.backup import backups_of, is_whole, make_backup, read_only
from auditor_app.storage.backup_files import FOLDER_NAME, LARGEST_SIDECAR, backup_at, sidecar_of
from auditor_app.storage.backup_second import FILE_NAME as SECOND
from auditor_app.storage.backup_second import catch_up, name_second_folder
from auditor_app.storage.condition import examine
from auditor_app.storage.connection import SCHEMA_VERSION
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.restoring import audit_in, audits_in, restore_whole
from tests import fuzzing
from tests.storage.specimens import content, edit_some, fill
from tests.storage.spoiling import past_the_program
from tests.storage.spoils import SPOILS

DATA = Path(__file__).resolve().parents[1] / "data"
AUDITS = 2
VALUES = (
    *("null", "true", "false", "0", "-1", "1.5", "1e308", "1e999", "-1e999", "NaN", "Infinity", "9" * 4000, "9" * 5000),
    *('""', '"1"', '"审"', '"\\ud800"', '"\\u0000"', f'"{"9" * 5000}"', f'"{"x" * LARGEST_SIDECAR}"'),
    *("[]", "[1]", "{}", '{"": null}', '{"a": {"b": []}}', "[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900),
)
"""Of every type, as JSON or as Python's reader takes them: some too large, some too deep."""
TEXTS = ("'x'", "''", "'9999-99-99'", "CAST(x'ff41c328' AS TEXT)", "CAST(x'4100' AS TEXT)", "hex(zeroblob(60000))")
"""Values that no program of ours writes in a column for text, in SQL."""
COLUMNS = ("history.at", "history.change_set", "audit_info.number", "audit_info.kind", "company.name", "audit.id")


@contextmanager
def cases() -> Iterator[Mapping[str, fuzzing.Case]]:
    """Give spoilt backups, with and without the words beside them, and backups with spoilt words beside them."""
    words = Catalogue.load("zh", "backups", "opening")
    with tempfile.TemporaryDirectory() as name:
        shelf, work = Path(name, "shelf"), Path(name, "work")
        _fill_shelf(shelf, Path(name, "stick"))

        def laid() -> list[Backup]:
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(shelf, work)
            return backups_of(work)

        def backup(luck: Random) -> str:
            backups = laid()
            spoilt = luck.choice(backups)
            _spoil_database(luck, spoilt.path)
            match luck.randrange(3):
                case 0:
                    # Without it the backup is asked itself.
                    sidecar_of(spoilt.path).unlink(missing_ok=True)
                case 1:
                    _spoil_words(luck, sidecar_of(spoilt.path))
            return _gone_through(luck, work, backups, spoilt, words)

        def beside(luck: Random) -> str:
            backups = laid()
            spoilt = luck.choice([backup for backup in backups if backup.facts is not None])
            where = work / FOLDER_NAME / SECOND if luck.random() < 0.2 else sidecar_of(spoilt.path)
            _spoil_words(luck, where)
            return _gone_through(luck, work, backups, spoilt, words)

        yield {"backup": backup, "words beside a backup": beside}


def _fill_shelf(folder: Path, stick: Path) -> None:
    """Make a library with backups of every kind, closed, and a second folder."""
    with closing(Library(folder, "fuzz")) as library:
        fill(library, AUDITS)
        for kind in (BackupKind.AUTOMATIC, BackupKind.BEFORE_RESTORE, BackupKind.AUTOMATIC):
            assert make_backup(folder, kind) is not None
            edit_some(library, 3)
    stick.mkdir()
    name_second_folder(folder, stick)
    catch_up(folder)
    for version in range(1, SCHEMA_VERSION):
        shutil.copyfile(
            DATA / f"library-v{version}.db", folder / f"library-schema{version}-2026030{version}-090000-000000.db"
        )
    assert all(is_whole(backup) for backup in backups_of(folder))


def _gone_through(luck: Random, work: Path, backups: list[Backup], spoilt: Backup, words: Catalogue) -> str:
    """Do with the backups what a window and the commands do, and check what must hold after each step."""
    before = content(work)
    others = [backup for backup in backups if backup.path != spoilt.path]
    listed = {backup.path: backup for backup in backups_of(work)}
    assert [listed.get(backup.path) for backup in others] == others, "others are not listed as they were"
    found = listed[spoilt.path]
    assert told_backups(work, None, words).encode().count(b"\n") >= len(backups) - 1
    outcomes = [
        "told" if found.facts is not None else "not told",
        _told(words, lambda: f"whole: {is_whole(found)}"),
        _told(words, lambda: "listed" if told_audits(work, found, words).encode() else "empty"),
        _told(words, lambda: _read(luck, work, found)),
    ]
    assert content(work) == before, "looking at it changed something"
    made = make_backup(work, only_if_changed=False)
    assert made is not None
    left = backups_of(work)
    assert all(backup in left for backup in (*others, made)), "making one cost another"
    outcomes.append(_told(words, lambda: _restored(work, found)))
    if not outcomes[-1].startswith("restored"):
        assert (work / FILE_NAME).read_bytes() == before[FILE_NAME], "a refused restore changed the library"
        assert not list(work.glob(f"{FILE_NAME}-*"))
    assert all(is_whole(backup) for backup in (*others, made)), "restoring cost another"
    return ", ".join(outcomes)


def _told(words: Catalogue, step: Callable[[], str]) -> str:
    """Take a step and say what came of it; it may be refused, in words."""
    try:
        return step()
    except AuditorError as problem:
        sentence, code = words.error(problem), problem.code
    assert sentence.encode(), "it cannot be told"
    return code


def _read(luck: Random, work: Path, backup: Backup) -> str:
    """Read an audit of a backup, one that it tells of where it does."""
    audits = audits_in(backup.path)
    audit_id = luck.choice(audits).id if audits else AuditId("none")
    assert audit_in(backup, audit_id, work)[1].id == audit_id
    return "read"


def _restored(work: Path, backup: Backup) -> str:
    """Restore a backup, and look whether the library is what it says; what was there must have been kept."""
    before = content(work)
    kept = restore_whole(work, backup).kept
    assert kept is not None
    assert is_whole(backup_at(kept)), "what was there is not kept"
    assert examine(work / FILE_NAME).state in (State.READY, State.OLD)
    with closing(read_only(work / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    assert content(work).items() >= {name: data for name, data in before.items() if name != FILE_NAME}.items()
    return "restored"


# Ways to spoil a backup, and the words beside one.


def _spoil_database(luck: Random, path: Path) -> None:
    data = bytearray(path.read_bytes())
    match luck.randrange(6):
        case 0:
            # A name in the schema that is no text.
            name = luck.choice(re.findall(rb"CREATE (?:TABLE|INDEX|TRIGGER) (\w+)", data))
            other = bytearray(name)
            other[luck.randrange(len(name))] = luck.choice((0, 0x27, 0xC3, 0xFF))
            data = data.replace(name, other, luck.choice((1, 2, 3, -1)))
        case 1:
            del data[luck.choice((0, 1, 99, 100)) :]
        case 2:
            _spoil_value(luck, path)
            return
        case _:
            luck.choice(SPOILS)(luck, data)
    path.write_bytes(data)


def _spoil_value(luck: Random, path: Path) -> None:
    """Write what no program of ours writes into one column, past every check of the database."""
    table, column = luck.choice(COLUMNS).split(".")
    with past_the_program(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        with suppress(sqlite3.IntegrityError):
            connection.execute(f"UPDATE {table} SET {column} = {luck.choice(TEXTS)}")


def _spoil_words(luck: Random, path: Path) -> None:
    """Give a file of JSON another value in one place, or other bytes."""
    sound = path.read_bytes() if path.exists() else b"{}"
    match luck.randrange(8):
        case 0:
            path.write_text(luck.choice(VALUES))
        case 1:
            deep = luck.choice((b"[", b'{"rows":', b'{"a":[')) * luck.choice((1000, 60_000))
            path.write_bytes(deep)
        case 2:
            path.write_bytes(sound[: luck.randrange(len(sound))])
        case 3:
            data = bytearray(sound)
            for _ in range(luck.choice((1, 4, 30))):
                data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
            path.write_bytes(data)
        case 4:
            path.write_bytes(
                luck.choice((b"", b"\xef\xbb\xbf" + sound, sound.decode().encode("utf-16"), luck.randbytes(500)))
            )
        case 5:
            path.unlink(missing_ok=True)
            path.mkdir()
        case _:
            path.write_text(_with_other_value(luck, json.loads(sound)))


def _with_other_value(luck: Random, told: dict[str, Any]) -> str:
    """Return JSON with one value changed, or left out, at the top or among the rows."""
    if told.get("rows") and luck.random() < 0.4:
        return _object({**_as_json(told), "rows": _with_other_value(luck, told["rows"])})
    values = _as_json(told)
    name = luck.choice([*values, "other"])
    values[name] = luck.choice(VALUES)
    if luck.random() < 0.1:
        del values[name]
    return _object(values)


def _as_json(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value) for name, value in told.items()}


def _object(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f'"{name}": {value}' for name, value in values.items()) + "}"


if __name__ == "__main__":
    fuzzing.command(cases)
