"""A file that is not right is refused whole, with the exact place and one sentence."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from auditor_app.exchange.audit_file import decode
from auditor_app.exchange.reading import LARGEST_FILE
from auditor_app.exchange.standards import shipped_standard
from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.errors import ValidationError

PUMP_MAKER = (RESOURCES / "samples" / "pump-maker.json").read_bytes()
LANGUAGES = ("zh", "en")

File = dict[str, Any]
Edit = Callable[[File], object]


def refusal(data: bytes) -> tuple[str, str]:
    """Return path and code of the refusal, having checked that both languages say it in one line."""
    with pytest.raises(ValidationError) as caught:
        decode(data, shipped_standard)
    for language in LANGUAGES:
        sentence = Catalogue.load(language, "exchange").error(caught.value)
        assert sentence.strip()
        assert "\n" not in sentence
        assert len(sentence) < 300
    assert len(caught.value.path) < 200
    return caught.value.path, caught.value.code


def edited(edit: Edit) -> bytes:
    """Return the sample after an edit of its JSON."""
    content = copy.deepcopy(json.loads(PUMP_MAKER))
    edit(content)
    return json.dumps(content).encode()


def put(path: str, value: object) -> Edit:
    """Return the edit that sets one value, path written as in a refusal."""
    *parents, last = path.replace("[", ".[").split(".")

    def edit(content: Any) -> None:
        for part in parents:
            content = content[int(part[1:-1]) if part.startswith("[") else part]
        content[int(last[1:-1]) if last.startswith("[") else last] = value

    return edit


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("extra", 1, "unknown_field"),
        ("standard.hash", "", "unknown_field"),
        ("audit.opening_meeting.chair", "", "unknown_field"),
        ("company.contact.fax", "", "unknown_field"),
        ("assessments[3].verdct", "met", "unknown_field"),
        ("findings[0].action.by", "", "unknown_field"),
        ("audit", None, "not_an_object"),
        ("company", [], "not_an_object"),
        ("team", {}, "not_a_list"),
        ("team[0]", "周明", "not_an_object"),
        ("company.kinds", "seller", "not_a_list"),
        ("company.kinds[1]", "maker", "not_one_of"),
        ("team[0].role", "boss", "not_one_of"),
        ("team[0].role", None, "not_one_of"),
        ("team[0].role", ["leader"], "not_one_of"),
        ("assessments[3].verdict", "Met", "not_one_of"),
        ("audit.mode", 1, "not_one_of"),
        ("audit.applied_level", "fail", "not_one_of"),
        ("audit.number", 31, "not_text"),
        ("company.name", None, "not_text"),
        ("audit.opening_meeting.attendees[1]", 1, "not_text"),
        ("company.three_in_one", 1, "not_a_flag"),
        ("company.three_in_one", "true", "not_a_flag"),
        ("company.employees", True, "not_whole"),
        ("company.employees", "412", "not_whole"),
        ("company.employees", 412.0, "not_whole"),
        ("company.employees", None, "not_whole"),
        ("company.employees", float("nan"), "not_whole"),
        ("company.employees", float("inf"), "not_whole"),
        ("audit.man_days", 2.5, "not_decimal"),
        ("audit.man_days", False, "not_decimal"),
        ("audit.man_days", "NaN", "not_decimal"),
        ("audit.man_days", "1e3", "not_decimal"),
        ("audit.man_days", "2,5", "not_decimal"),
        ("audit.man_days", "2.00001", "not_decimal"),
        ("audit.man_days", "٣", "not_decimal"),
        ("audit.starts", "2026-02-31", "no_such_date"),
        ("audit.starts", "0000-01-01", "no_such_date"),
        ("audit.starts", "2026/03/02", "not_a_date"),
        ("audit.starts", "2026-03-02T09:00", "not_a_date"),
        ("audit.starts", 20260302, "not_a_date"),
        ("audit.starts", "", "not_a_date"),
        ("findings[0].action.due", "2026-13-01", "no_such_date"),
        ("documents[1].issued", "tomorrow", "not_a_date"),
        ("company.previous_certificate", [], "not_an_object"),
        ("company.previous_certificate", {"issued": "2023"}, "not_a_date"),
    ],
)
def test_a_wrong_type_or_word_is_refused_where_it_stands(path: str, value: object, code: str) -> None:
    found_path, found_code = refusal(edited(put(path, value)))
    assert found_code == code
    assert found_path == (path if code != "not_a_date" or value != {"issued": "2023"} else f"{path}.issued")


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("company.employees", -1, "negative"),
        ("company.employees", 1_000_000_000, "too_large"),
        ("company.employees", 10**4000, "too_large"),
        ("sites[0].staff", -1, "negative"),
        ("documents[0].copies", -1, "negative"),
        ("audit.man_days", "-0.5", "negative"),
        ("audit.man_days", 10**12, "too_large"),
        ("audit.opening_meeting.at", "2026-03-02 09:00", "not_a_minute"),
        ("audit.opening_meeting.at", "2026-02-31T09:00", "not_a_minute"),
        ("audit.closing_meeting.at", "2026-03-02T24:00", "not_a_minute"),
        ("documents[0].id", "D99", "unknown_document"),
        ("documents[1].id", "D1", "repeated"),
        ("assessments[0].clause", "5.9.9.9", "unknown_indicator"),
        ("assessments[0].clause", "5.1.1", "unknown_indicator"),
        ("assessments[5].clause", "5.1.1.1", "repeated"),
        ("assessments[0].checked", 3, "counts_without_sampling"),
        ("assessments[0].failed", 1, "counts_without_sampling"),
        ("assessments[0].verdict", "sampled", "not_sampled"),
        ("assessments[1].checked", 0, "nothing_checked"),
        ("assessments[1].failed", 13, "more_failed_than_checked"),
        ("assessments[1].failed", -1, "negative"),
        ("assessments[22].reason", " ", "deleted_without_reason"),
        ("sites[1].id", "S1", "repeated"),
        ("sites[1].id", "", "site_without_id"),
        ("special_deductions[0].site", "S9", "unknown_site"),
        ("special_deductions[0].clause", "9.9", "unknown_clause"),
        ("findings[1].site", "S9", "unknown_site"),
        ("findings[1].clause", "5", "unknown_clause"),
        ("bonus[0].reason", "", "bonus_without_reason"),
    ],
)
def test_what_the_rules_refuse_is_refused_in_the_words_of_the_file(path: str, value: object, code: str) -> None:
    assert refusal(edited(put(path, value))) == (path, code)


@pytest.mark.parametrize(
    ("parent", "name"),
    [
        ("", "id"),
        ("", "standard"),
        ("standard", "version"),
        ("sites[2]", "id"),
        ("documents[0]", "id"),
        ("assessments[3]", "clause"),
        ("special_deductions[0]", "ground"),
        ("findings[1]", "grade"),
    ],
)
def test_a_field_without_a_default_must_be_there(parent: str, name: str) -> None:
    content = json.loads(PUMP_MAKER)
    holder: Any = content
    for part in filter(None, parent.replace("[", ".[").split(".")):
        holder = holder[int(part[1:-1]) if part.startswith("[") else part]
    del holder[name]
    path = f"{parent}.{name}" if parent else name
    assert refusal(json.dumps(content).encode()) == (path, "missing_field")


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([{}] * 10_001, ("team", "too_many_rows_in_file")),
        ([{"clauses": ["5.1"] * 9_000}] * 30, ("", "too_many_values")),
    ],
    ids=["rows", "values"],
)
def test_a_file_that_would_take_minutes_is_refused_at_once(rows: list[object], refused: tuple[str, str]) -> None:
    assert refusal(edited(put("team", rows))) == refused


def test_lists_that_are_too_many_rows_together_are_refused() -> None:
    content = json.loads(PUMP_MAKER)
    content |= {name: [{}] * 9_000 for name in ("team", "subcontracting")} | {
        "samples": [{"clause": "5.2.4.1"}] * 2_100
    }
    assert refusal(json.dumps(content).encode()) == ("", "too_many_values")


def test_a_second_bonus_is_refused() -> None:
    assert refusal(edited(put("bonus", [{"reason": "a"}, {"reason": "b"}]))) == ("bonus[1]", "more_than_one")


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (b'"version": 1,', b'"version": 1, "version": 1,', "version"),
        (b'"verdict": "met",', b'"verdict": "not_met", "verdict": "met",', "assessments[0].verdict"),
        (b'"phone":', b'"phone": "1", "phone":', "company.contact.phone"),
    ],
)
def test_a_name_that_stands_twice_in_one_object_is_refused(old: bytes, new: bytes, path: str) -> None:
    assert refusal(PUMP_MAKER.replace(old, new, 1)) == (path, "repeated_field")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("字段", "字段"),
        ("a b", '"a b"'),
        ("a\nb\ud800", '"a b"'),
        ("", '""'),
        ("x" * 5000, '"' + "x" * 60 + '..."'),
    ],
)
def test_a_strange_name_is_shown_short_and_on_one_line(name: str, path: str) -> None:
    assert refusal(edited(put("extra", 1)).replace(b'"extra"', json.dumps(name).encode())) == (
        path,
        "unknown_field",
    )


@pytest.mark.parametrize("value", ["x" * 100_000, "a\n\tb\u0000\ud800", ["met"] * 9, {"a": 1}, 1.5, None])
def test_a_strange_value_is_shown_short_and_on_one_line(value: object) -> None:
    assert refusal(edited(put("assessments[0].verdict", value))) == ("assessments[0].verdict", "not_one_of")
    if isinstance(value, str):
        assert refusal(edited(put("findings[0].clause", "9" + value))) == (
            "findings[0].clause",
            "unknown_clause",
        )


@pytest.mark.parametrize(
    ("edit", "refused"),
    [
        (put("format", "auditor-workbench.standard"), ("format", "foreign")),
        (lambda content: content.pop("format"), ("format", "foreign")),
        (lambda content: content.pop("version"), ("version", "no_version")),
        (put("version", "1"), ("version", "no_version")),
        (put("version", True), ("version", "no_version")),
        (put("version", 0), ("version", "no_version")),
        (put("version", 2), ("version", "newer")),
        (put("id", "31"), ("id", "not_a_uuid")),
        (put("id", "{0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a10}"), ("id", "not_a_uuid")),
        (put("id", None), ("id", "not_text")),
        (put("standard.id", "gbt99999-2030"), ("standard", "unknown_standard")),
        (put("standard.version", "2"), ("standard", "unknown_standard")),
        (put("standard.version", 1), ("standard.version", "not_text")),
    ],
)
def test_a_file_of_another_kind_version_or_standard_is_refused(edit: Edit, refused: tuple[str, str]) -> None:
    assert refusal(edited(edit)) == refused


def test_a_newer_file_is_told_so_before_its_unknown_fields_are() -> None:
    def newer(content: File) -> None:
        content |= {"version": 2, "evidence": []}

    assert refusal(edited(newer)) == ("version", "newer")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"PK\x03\x04", "not_json"),
        (b"<html></html>", "not_json"),
        (b"{'format': 1}", "not_json"),
        (b'{"format": 1,}', "not_json"),
        (b'{"format": 01}', "not_json"),
        (b"[]", "foreign"),
        (b'"auditor-workbench.audit"', "foreign"),
        (b"null", "foreign"),
        (PUMP_MAKER + b"{}", "not_json"),
        (PUMP_MAKER.decode().encode("utf-16"), "not_utf8"),
        (PUMP_MAKER.decode().encode("gbk"), "not_utf8"),
        (b'{"format": "\xed\xa0\x80"}', "not_utf8"),
        (b"[" * 200_000, "too_deep"),
        (b'{"a":' * 200_000, "too_deep"),
        (b"[" * 200_000 + b"]" * 200_000, "too_deep"),
        (b'{"version": ' + b"9" * 5000 + b"}", "number_too_long"),
        (b" " * (LARGEST_FILE + 1), "too_large_file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_json_file_is_refused_as_a_whole(data: bytes, code: str) -> None:
    assert refusal(data) == ("", code)


def test_broken_json_is_refused_with_line_and_column() -> None:
    with pytest.raises(ValidationError) as caught:
        decode(PUMP_MAKER.replace(b'"version": 1,', b'"version" 1,'), shipped_standard)
    assert caught.value.params == {"line": 3, "column": 12}


@pytest.mark.parametrize("kept", [1, 10, 50, 500, 2000, 5000, -2, -3])
def test_a_file_cut_off_is_told_so(kept: int) -> None:
    data = PUMP_MAKER[:kept].decode(errors="ignore").encode()
    assert refusal(data) == ("", "cut_off")
