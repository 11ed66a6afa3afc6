"""What is told of a failure names kinds and places of the program, and nothing that anybody wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor_app.exchange.audit_file import decode
from auditor_app.exchange.standards import shipped_standard
from auditor_app.failures.telling import MOST_EXCEPTIONS, MOST_FRAMES, kind_of, place_of, safe_path, told
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.events import safe_word

SECRETS = ("泉州秘密水暖厂", "Zhang_Sanfeng", "/home/lisi/客户/投诉.xlsx", "C:\\Users\\wangwu\\audit", "Note 4711")
COMPANY, NAME, PATH, WINDOWS, NOTE = SECRETS


class Stubborn:
    """Something whose text is somebody's data, and that shows it wherever it can."""

    def __repr__(self) -> str:
        return COMPANY

    __str__ = __repr__


def caught(work: Callable[[], object]) -> Exception:
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def message() -> None:
    raise ValueError(f"cannot read {PATH} of {COMPANY}")


def arguments() -> None:
    raise RuntimeError(Stubborn(), {NAME: NOTE}, [PATH])


def key() -> None:
    dict[str, str]()[COMPANY]


def attribute() -> None:
    getattr(Stubborn(), NAME)


def notes() -> None:
    error = TypeError("x")
    error.add_note(NOTE + COMPANY)
    raise error


def chained() -> None:
    try:
        try:
            raise KeyError(NAME)
        except KeyError as first:
            raise ValueError(COMPANY) from first
    except ValueError:
        Path(PATH).stat()


def group() -> None:
    raise ExceptionGroup(COMPANY, [caught(message), ExceptionGroup(NOTE, [caught(key), caught(chained)])])


def generated() -> None:
    # Neither a type, nor a module, nor a function, nor a file is always named by us.
    kind = type(NAME + " " + COMPANY, (Exception,), {"__module__": COMPANY})
    source = compile(f"def {COMPANY}(kind):\n raise kind('{NOTE}')\n{COMPANY}(kind)", PATH, "exec")
    exec(source, {"kind": kind})


def decoding() -> None:
    COMPANY.encode("gb18030").decode("utf-8")


def database() -> None:
    sqlite3.connect(":memory:").execute(f"SELECT '{NAME}' FROM {NAME}")


def system() -> None:
    Path(PATH + WINDOWS).stat()


def refused() -> None:
    raise ValidationError(f"assessments[3].{NAME}", "repeated", value=COMPANY)


def refused_by_the_disk() -> None:
    raise EnvironmentProblem("disk_full", path=Path(PATH), reason=WINDOWS)


def code_that_is_none() -> None:
    raise ValidationError("x", COMPANY)


EVERY = (
    *(message, arguments, key, attribute, notes, chained, group, generated, decoding, database, system),
    *(refused, refused_by_the_disk, code_that_is_none),
)


@pytest.mark.parametrize("work", EVERY, ids=lambda work: work.__name__)
def test_nothing_that_anybody_wrote_is_told(work: Callable[[], object]) -> None:
    error = caught(work)
    text = "\n".join([*told(error), place_of(error), kind_of(error)])
    pieces = [*SECRETS, "lisi", "wangwu", "投诉", "4711", "Sanfeng", "秘密"]
    assert [piece for piece in pieces if piece in text] == []
    # The name of the folder the program lies in may be that of a person.
    assert str(Path(__file__).parents[2]) not in text
    assert text.isascii() or set(filter(lambda c: not c.isascii(), text)) == {"…"}


def test_it_tells_kind_place_and_what_led_to_it() -> None:
    lines = told(caught(chained))
    here = "tests/failures/test_telling.py"
    assert [line.partition(":")[0] for line in lines] == [
        *("FileNotFoundError (ENOENT)", f"  {here}", f"  {here}", "  python/pathlib.py", "while handling"),
        *("ValueError", f"  {here}", "because of", "KeyError", f"  {here}"),
    ]
    assert lines[2].endswith(" in chained")


@pytest.mark.parametrize(
    ("work", "kind"),
    [
        (refused, "auditor_app.models.errors.ValidationError (repeated)"),
        (refused_by_the_disk, "auditor_app.models.errors.EnvironmentProblem (disk_full)"),
        (code_that_is_none, "auditor_app.models.errors.ValidationError (?)"),
        (database, "sqlite3.OperationalError (SQLITE_ERROR)"),
        (system, "FileNotFoundError (ENOENT)"),
        (generated, "?"),
        (key, "KeyError"),
    ],
)
def test_a_kind_has_its_code(work: Callable[[], object], kind: str) -> None:
    assert kind_of(caught(work)) == kind


def test_a_failure_deep_in_the_program_names_its_files_and_those_it_uses() -> None:
    lines = told(caught(lambda: decode(b"{", lambda ref: shipped_standard(ref))))
    assert any("  auditor_app/exchange/reading.py:" in line for line in lines)
    assert any("  python/json/decoder.py:" in line for line in lines)


def test_a_ring_and_a_deep_recursion_are_told_short() -> None:
    ring = ValueError("a")
    ring.__context__ = other = KeyError("b")
    other.__context__ = ring
    assert len(told(ring)) == 5

    def fall(depth: int) -> None:
        fall(depth + 1)

    lines = told(caught(lambda: fall(0)))
    assert len(lines) == MOST_FRAMES + 2
    assert any("more" in line for line in lines)
    assert len(told(ExceptionGroup("", [ValueError()] * 500))) < 4 * MOST_EXCEPTIONS + 1000


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/lisi/x/lib/python3.11/site-packages/openpyxl/cell/cell.py", "openpyxl/cell/cell.py"),
        ("/home/lisi/projects/thing.py", "elsewhere"),
        ("auditor_app/ui/workspace.py", "auditor_app/ui/workspace.py"),
        ("auditor_app/客户.py", "auditor_app/?"),
        ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"),
        ("<string>", "<string>"),
        ("<客户>", "elsewhere"),
        ("", "elsewhere"),
    ],
)
def test_a_file_is_named_as_the_program_knows_it(path: str, shown: str) -> None:
    assert safe_path(path) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("company", "company"), ("action.due", "action.due"), (12, "12"), (True, "1"), ("0.1.0", "0.1.0")]
    + [(text, "?") for text in (*SECRETS, "", "Li", "a b", "x" * 61, None, 1.5, Stubborn())],
)
def test_only_words_of_the_program_get_into_the_log(value: object, shown: str) -> None:
    assert safe_word(value) == shown
