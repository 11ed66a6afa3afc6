"""The shipped standard pack is what the sources say, and a broken pack is refused in one clear sentence."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from auditor_app.models.applicability import applicability
from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.enums import Level
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import Clause
from auditor_app.models.standard import DocumentGroup, DocumentRule, Group, Indicator, Standard, parse_standard
from tests.builders import PACK, empty_audit, raw_pack

PAGE = (RESOURCES.parent / "docs" / "STANDARD_PACK.md").read_text("utf-8")
OPTIONAL = {"in_force_since", "guidance", "guidance_source", "deletion_reasons"}

Raw = dict[str, Any]


def parse(raw: object) -> Standard:
    return parse_standard(json.dumps(raw))


def first_indicator(raw: Raw) -> Raw:
    indicator: Raw = raw["chapters"][0]["groups"][0]["indicators"][0]
    return indicator


def scaled(raw: Raw, points: Callable[[int], object]) -> Raw:
    for chapter in raw["chapters"]:
        for group in chapter["groups"]:
            for node in (group, *group["indicators"]):
                node["points"] = points(int(node["points"]))
        chapter["points"] = points(int(chapter["points"]))
    return raw


def keys_in(raw: object, names: set[str]) -> Iterator[str]:
    """Yield the fields below a JSON value; `names` are keys that name something and are no fields."""
    children = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    yield from raw if isinstance(raw, dict) and not raw.keys() <= names else ()
    for child in children:
        yield from keys_in(child, names)


def test_the_standard_has_three_chapters_of_18_17_and_9_indicators(standard: Standard) -> None:
    counted = {chapter.clause: (chapter.points, len(list(chapter.indicators))) for chapter in standard.chapters}
    assert counted == {"5.1": (40, 18), "5.2": (35, 17), "5.3": (25, 9)}
    assert len(standard.indicators) == 44
    assert sum(isinstance(node, Group) for node in standard.nodes.values()) == 15


def test_every_clause_lies_below_its_parent_in_the_order_of_the_standard(standard: Standard) -> None:
    for chapter in standard.chapters:
        assert [group.clause for group in chapter.groups] == [
            f"{chapter.clause}.{number}" for number in range(1, len(chapter.groups) + 1)
        ]
        for group in chapter.groups:
            assert [indicator.clause for indicator in group.indicators] == [
                f"{group.clause}.{number}" for number in range(1, len(group.indicators) + 1)
            ]


def test_the_levels_begin_at_70_80_90_and_95(standard: Standard) -> None:
    assert dict(standard.scoring.levels) == {
        Level.PASS: 70,
        Level.THREE_STAR: 80,
        Level.FOUR_STAR: 90,
        Level.FIVE_STAR: 95,
    }
    assert (standard.scoring.fails_at_deductions, standard.scoring.bonus_at_most) == (5, 1)
    assert (standard.scoring.deduction_points, standard.scoring.bonus_points) == (1, 1)


def test_every_value_of_the_pack_names_its_source(standard: Standard) -> None:
    for node in standard.nodes.values():
        wanted = {"clause", "points", "title"} | ({"sampled", "tender"} if isinstance(node, Indicator) else set())
        assert set(node.sources) == wanted, node.clause
        assert set(node.sources.values()) <= set(standard.sources), node.clause
    named = {standard.scoring.source}
    named |= {document.source for document in standard.documents}
    named |= {concern.source for concern in standard.tender_concerns}
    assert named <= set(standard.sources)


def test_only_the_chapter_points_and_those_of_5_1_2_2_are_called_published(standard: Standard) -> None:
    published = {clause for clause, node in standard.nodes.items() if node.sources["points"] == "published"}
    assert published == {"5.1", "5.2", "5.3", "5.1.2.2"}
    assert standard.indicators[Clause("5.1.2.2")].points == 5


def test_no_value_claims_to_be_the_text_of_the_standard(standard: Standard) -> None:
    used = Counter(source for node in standard.nodes.values() for source in node.sources.values())
    assert used["standard"] == 0
    assert {node.sources["title"] for node in standard.nodes.values()} == {"own_wording"}


def test_every_tender_concern_is_answered_by_some_indicator(standard: Standard) -> None:
    asked = {indicator.tender for indicator in standard.indicators.values()} - {None}
    assert asked == {concern.id for concern in standard.tender_concerns}


def test_every_title_has_words_in_both_languages(standard: Standard) -> None:
    titled = (*standard.nodes.values(), *standard.documents, *standard.tender_concerns)
    for text in (standard.title, *standard.sources.values(), *(item.title for item in titled)):
        assert text.in_("zh").strip()
        assert text.in_("en").strip()
        assert text.in_("zh") != text.in_("en")


def test_the_content_hash_follows_the_content_not_the_layout(standard: Standard) -> None:
    spread = parse_standard(json.dumps(raw_pack(), indent=4, ensure_ascii=True))
    assert spread == standard
    changed = raw_pack()
    changed["title"]["zh"] += "。"
    assert parse(changed).content_hash != standard.content_hash


def test_every_field_of_a_pack_and_every_rule_stands_on_its_page(standard: Standard) -> None:
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))
    fields = set(keys_in(raw_pack(), {*standard.sources, *standard.indicators}))
    assert fields - {"zh", "en"} <= named
    assert {*DocumentRule, *DocumentGroup, *(level for level, _ in standard.scoring.levels)} <= named


def test_a_pack_read_from_its_stored_content_is_the_same_pack(standard: Standard) -> None:
    assert parse_standard(standard.content) == standard


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "null", "[]", '"pack"', "{}", "[" * 100_000, '{"format": NaN}'),
        PACK.read_text("utf-8")[:-20],
    ],
    ids=["empty", "cut", "null", "list", "string", "object", "endless nesting", "NaN", "half a pack"],
)
def test_text_that_is_no_pack_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_standard(text)
    assert refused.value.code == "not_a_pack"


@pytest.mark.parametrize("key", sorted(raw_pack().keys() - OPTIONAL))
def test_a_pack_with_a_part_missing_is_refused(key: str) -> None:
    raw = raw_pack()
    del raw[key]
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert refused.value.code == "not_a_pack"


@pytest.mark.parametrize("key", ["clause", "title", "points", "sampled", "tender", "sources"])
def test_an_indicator_with_a_part_missing_is_refused(key: str) -> None:
    raw = raw_pack()
    del first_indicator(raw)[key]
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert refused.value.code == "not_a_pack"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("points", "abc"),
        ("points", ""),
        ("points", None),
        ("points", True),
        ("points", ["3"]),
        ("points", "1/0"),
        ("points", "1e999999999"),
        ("points", float("inf")),
        ("points", float("nan")),
        ("clause", 5.1),
        ("clause", None),
        ("sampled", "no"),
        ("sampled", 0),
        ("title", "售后部门"),
        ("title", {"zh": "售后部门", "en": None}),
        ("title", {"zh": "\ud800", "en": "x"}),
    ],
)
def test_an_indicator_with_a_value_of_the_wrong_kind_is_refused(key: str, value: object) -> None:
    raw = raw_pack()
    first_indicator(raw)[key] = value
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert refused.value.code == "not_a_pack"


def test_a_file_of_another_format_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        parse(raw_pack() | {"format": "auditor-workbench.audit"})
    assert (refused.value.path, refused.value.code) == ("format", "not_a_pack")


def test_points_that_do_not_add_up_are_refused_at_their_clause() -> None:
    raw = raw_pack()
    first_indicator(raw)["points"] = "4"
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert (refused.value.path, refused.value.code) == ("5.1.1", "points_do_not_add_up")


def test_a_chapter_that_does_not_add_up_is_refused() -> None:
    raw = raw_pack()
    raw["chapters"][2]["points"] = "26"
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert (refused.value.path, refused.value.code) == ("5.3", "points_do_not_add_up")


@pytest.mark.parametrize("clause", ["5.1.1.2", "5.1.1", "5.3", "5.2.6.2"])
def test_a_clause_that_stands_twice_is_refused(clause: str) -> None:
    raw = raw_pack()
    first_indicator(raw)["clause"] = clause
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert refused.value.code == "clause_repeated"


@pytest.mark.parametrize("points", ["0", "-3"])
def test_an_indicator_worth_nothing_or_less_is_refused(points: str) -> None:
    raw = raw_pack()
    first_indicator(raw)["points"] = points
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert refused.value.code == "points_not_positive"


def test_a_pack_without_indicators_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        parse(raw_pack() | {"chapters": []})
    assert refused.value.code == "points_not_positive"


@pytest.mark.parametrize(
    "levels",
    [
        [],
        [("five_star", "95"), ("four_star", "90"), ("three_star", "80"), ("pass", "70")],
        [("pass", "70"), ("three_star", "80"), ("four_star", "80"), ("five_star", "95")],
        [("pass", "70"), ("three_star", "80"), ("four_star", "90")],
        [("pass", "70"), ("three_star", "80"), ("four_star", "90"), ("six_star", "99")],
        [("fail", "10"), ("pass", "70"), ("three_star", "80"), ("four_star", "90"), ("five_star", "95")],
    ],
    ids=["none", "downwards", "two at 80", "no five-star", "six-star", "a threshold to fail"],
)
def test_levels_that_leave_the_result_open_are_refused(levels: list[tuple[str, str]]) -> None:
    raw = raw_pack()
    raw["scoring"]["levels"] = [{"level": level, "from": points} for level, points in levels]
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert refused.value.code == "not_a_pack"


@pytest.mark.parametrize(
    "points",
    [lambda whole: whole / 10, lambda whole: f"{whole / 10}", lambda whole: f"{whole}/10"],
    ids=["number", "decimal text", "fraction text"],
)
def test_tenths_of_points_are_exact_however_the_pack_writes_them(points: Callable[[int], object]) -> None:
    standard = parse(scaled(raw_pack(), points))
    assert standard.indicators[Clause("5.1.1.1")].points == Fraction(3, 10)
    assert standard.nodes[Clause("5.1.2")].points == Fraction(4, 5)


def test_whole_points_may_be_numbers(standard: Standard) -> None:
    assert parse(scaled(raw_pack(), int)).indicators == standard.indicators


def refusal(raw: Raw) -> tuple[str, str, dict[str, object]]:
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert all(Catalogue.load(language).error(refused.value) for language in ("zh", "en"))
    return refused.value.path, refused.value.code, refused.value.params


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (lambda raw: raw["chapters"][1]["sources"], "5.2.sources.points"),
        (lambda raw: raw["chapters"][1]["groups"][2]["sources"], "5.2.3.sources.points"),
        (lambda raw: first_indicator(raw)["sources"], "5.1.1.1.sources.points"),
    ],
    ids=["chapter", "group", "indicator"],
)
def test_a_clause_whose_source_the_pack_does_not_explain_is_refused(place: Callable[[Raw], Raw], path: str) -> None:
    raw = raw_pack()
    place(raw)["points"] = "hearsay"
    assert refusal(raw) == (path, "unknown_source", {"value": "hearsay"})


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (lambda raw: raw["documents"][3], "documents[3].source"),
        (lambda raw: raw["tender_concerns"][2], "tender_concerns[2].source"),
        (lambda raw: raw["scoring"], "scoring.source"),
    ],
    ids=["document", "tender concern", "scoring rules"],
)
def test_a_source_the_pack_does_not_explain_is_refused(place: Callable[[Raw], Raw], path: str) -> None:
    raw = raw_pack()
    place(raw)["source"] = ""
    assert refusal(raw) == (path, "unknown_source", {"value": ""})


@pytest.mark.parametrize("value", ["clause", "title", "points", "sampled", "tender"])
def test_a_value_that_names_no_source_is_refused(value: str) -> None:
    raw = raw_pack()
    del first_indicator(raw)["sources"][value]
    assert refusal(raw) == (f"5.1.1.1.sources.{value}", "no_source", {})


def test_a_tender_concern_that_nobody_asks_is_refused() -> None:
    raw = raw_pack()
    first_indicator(raw)["tender"] = "weather"
    assert refusal(raw) == ("5.1.1.1.tender", "unknown_tender_concern", {"value": "weather"})


def test_an_indicator_may_answer_no_tender_concern() -> None:
    raw = raw_pack()
    first_indicator(raw)["tender"] = None
    assert parse(raw).indicators[Clause("5.1.1.1")].tender is None


def test_a_document_that_stands_twice_is_refused() -> None:
    raw = raw_pack()
    raw["documents"][4]["id"] = "D2"
    assert refusal(raw) == ("documents[4].id", "repeated", {"value": "D2"})


def test_a_pack_without_documents_is_refused() -> None:
    assert refusal(raw_pack() | {"documents": []}) == ("documents", "no_documents", {})


def test_a_document_of_another_group_is_refused() -> None:
    raw = raw_pack()
    raw["documents"][0]["group"] = "appendix"
    assert refusal(raw) == ("documents[0].group", "unknown_document_group", {"value": "appendix"})


def test_a_document_with_a_rule_the_program_does_not_know_is_refused() -> None:
    raw = raw_pack()
    raw["documents"][0]["applies"] = "on_mondays"
    assert refusal(raw) == ("documents[0].applies", "unknown_document_rule", {"value": "on_mondays"})


@pytest.mark.parametrize("rule", DocumentRule)
def test_every_rule_a_document_may_have_says_why_in_words(rule: DocumentRule) -> None:
    raw = raw_pack()
    raw["documents"][0]["applies"] = rule.value
    standard = parse(raw)
    found = applicability(standard.documents[0], empty_audit(standard))
    assert Catalogue.load("zh").text("applicability", found.reason)
    assert (found.reason == "always") == (rule is DocumentRule.ALWAYS)


@pytest.mark.parametrize("wrong", [None, 5, ["default"], {"zh": "default"}, True])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw, wrong: raw["documents"][0].update(id=wrong),
        lambda raw, wrong: raw["documents"][0].update(group=wrong),
        lambda raw, wrong: raw["documents"][0].update(applies=wrong),
        lambda raw, wrong: raw["documents"][0].update(source=wrong),
        lambda raw, wrong: raw["tender_concerns"][0].update(id=wrong),
        lambda raw, wrong: raw["tender_concerns"][0].update(source=wrong),
        lambda raw, wrong: raw["scoring"].update(source=wrong),
        lambda raw, wrong: raw["chapters"][0].update(sources=wrong if wrong != {"zh": "default"} else []),
        lambda raw, wrong: raw["chapters"][0]["sources"].update(title=wrong),
        lambda raw, wrong: first_indicator(raw).update(tender=5 if wrong is None else wrong),
    ],
    ids=[
        *("document id", "group", "rule", "document source", "concern id", "concern source"),
        *("scoring source", "sources", "source of a title", "tender"),
    ],
)
def test_what_must_be_text_and_is_not_makes_no_pack(spoil: Callable[[Raw, object], None], wrong: object) -> None:
    raw = raw_pack()
    spoil(raw, wrong)
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert refused.value.code == "not_a_pack"
