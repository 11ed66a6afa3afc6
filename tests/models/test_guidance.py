"""The shipped pack tells the auditor how to audit each indicator, in its own words; a pack may say nothing at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.models.guidance import Guidance
from auditor_app.models.ids import Clause
from auditor_app.models.standard import Standard, parse_standard
from auditor_app.models.wording import Text
from tests.builders import raw_pack

Raw = dict[str, Any]

PARTS = ("look_at", "ask", "evidence", "deviations")
HALF_WIDTH = re.compile(r"[,;:?!()\"'.]")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def parse(raw: object) -> Standard:
    return parse_standard(json.dumps(raw))


def refusal(raw: Raw) -> tuple[str, str, dict[str, object]]:
    with pytest.raises(ValidationError) as refused:
        parse(raw)
    assert all(Catalogue.load(language).error(refused.value) for language in ("zh", "en"))
    return refused.value.path, refused.value.code, refused.value.params


def texts(standard: Standard) -> Iterator[tuple[str, Text]]:
    for clause, guidance in standard.guidance.items():
        yield from ((f"{clause} {part}", getattr(guidance, part)) for part in PARTS)


def test_every_indicator_has_guidance(standard: Standard) -> None:
    assert standard.guidance.keys() == standard.indicators.keys()


def test_guidance_never_claims_to_be_the_text_of_the_standard(standard: Standard) -> None:
    assert standard.guidance_source == "own_wording"
    assert standard.deletion_reasons_source == "default"


def test_guidance_is_short_enough_to_be_read_standing(standard: Standard) -> None:
    found = {
        place: (len(text.zh), len(text.en))
        for place, text in texts(standard)
        if not (30 <= len(text.zh) <= 90 and 60 <= len(text.en) <= 300)
    }
    assert found == {}


def test_chinese_guidance_is_punctuated_as_chinese(standard: Standard) -> None:
    assert [place for place, text in texts(standard) if HALF_WIDTH.search(text.zh)] == []
    assert [place for place, text in texts(standard) if text.zh[-1] not in "。？"] == []


def test_english_guidance_needs_no_chinese_font(standard: Standard) -> None:
    assert [place for place, text in texts(standard) if CHINESE.search(text.en) or text.en[-1] not in ".?"] == []


def test_whom_to_ask_comes_with_a_question(standard: Standard) -> None:
    without = {clause for clause, found in standard.guidance.items() if "？" not in found.ask.zh}
    without |= {clause for clause, found in standard.guidance.items() if "?" not in found.ask.en}
    assert without == set()


def test_no_guidance_is_repeated_or_frayed(standard: Standard) -> None:
    said = [words for _, text in texts(standard) for words in (text.zh, text.en)]
    assert len(set(said)) == len(said)
    assert [words for words in said if words != " ".join(words.split())] == []


def test_the_reasons_to_delete_are_offered_in_both_languages(standard: Standard) -> None:
    assert 8 <= len(standard.deletion_reasons) <= 12
    assert len({reason.zh for reason in standard.deletion_reasons}) == len(standard.deletion_reasons)
    for reason in standard.deletion_reasons:
        assert CHINESE.search(reason.zh)
        assert not HALF_WIDTH.search(reason.zh)
        assert reason.en
        assert not CHINESE.search(reason.en)


def test_a_pack_without_guidance_and_reasons_is_read(standard: Standard) -> None:
    raw = raw_pack()
    for part in ("guidance", "guidance_source", "deletion_reasons"):
        del raw[part]
    plain = parse(raw)
    assert (plain.guidance, plain.guidance_source) == ({}, None)
    assert (plain.deletion_reasons, plain.deletion_reasons_source) == ((), None)
    assert plain.chapters == standard.chapters


def test_guidance_for_some_indicators_only_is_read() -> None:
    raw = raw_pack()
    words = {part: {"zh": f"看{part}", "en": part} for part in PARTS}
    raw["guidance"] = {"5.3.2.4": words}
    assert parse(raw).guidance == {
        Clause("5.3.2.4"): Guidance(*(Text(f"看{part}", part) for part in PARTS)),
    }


def test_the_reasons_of_a_body_are_read_in_their_order() -> None:
    raw = raw_pack()
    raw["deletion_reasons"] = {"source": "published", "reasons": [{"zh": "乙", "en": "B"}, {"zh": "甲", "en": "A"}]}
    standard = parse(raw)
    assert standard.deletion_reasons == (Text("乙", "B"), Text("甲", "A"))
    assert standard.deletion_reasons_source == "published"


@pytest.mark.parametrize("clause", ["5.1.9.9", "5.1.1", "5.1", ""])
def test_guidance_for_what_is_no_indicator_is_refused_at_its_place(clause: str) -> None:
    raw = raw_pack()
    raw["guidance"][clause] = raw["guidance"]["5.1.1.1"]
    assert refusal(raw) == (f"guidance.{clause}", "unknown_indicator", {"value": clause})


def test_guidance_from_a_source_nobody_explains_is_refused() -> None:
    assert refusal(raw_pack() | {"guidance_source": "hearsay"}) == (
        *("guidance_source", "unknown_source"),
        {"value": "hearsay"},
    )


def test_guidance_that_names_no_source_is_refused() -> None:
    raw = raw_pack()
    del raw["guidance_source"]
    assert refusal(raw) == ("guidance_source", "no_source", {})


def test_reasons_from_a_source_nobody_explains_are_refused() -> None:
    raw = raw_pack()
    raw["deletion_reasons"]["source"] = "hearsay"
    assert refusal(raw) == ("deletion_reasons.source", "unknown_source", {"value": "hearsay"})


def test_reasons_that_name_no_source_are_refused() -> None:
    raw = raw_pack()
    del raw["deletion_reasons"]["source"]
    assert refusal(raw) == ("deletion_reasons.source", "no_source", {})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reason_that_says_nothing_is_refused(language: str) -> None:
    raw = raw_pack()
    raw["deletion_reasons"]["reasons"][1][language] = " "
    assert refusal(raw) == ("deletion_reasons.reasons[1]", "deleted_without_reason", {})


@pytest.mark.parametrize("wrong", [None, 5, "", [1], True])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw, wrong: raw.update(guidance=wrong),
        lambda raw, wrong: raw.update(deletion_reasons=wrong),
        lambda raw, wrong: raw["guidance"].update({"5.1.1.1": wrong}),
        lambda raw, wrong: raw["guidance"]["5.1.1.1"].update(ask=wrong),
        lambda raw, wrong: raw["guidance"]["5.1.1.1"]["ask"].update(en=wrong or 0),
        lambda raw, wrong: raw["deletion_reasons"].update(reasons=wrong or 0),
        lambda raw, wrong: raw["deletion_reasons"]["reasons"].insert(0, wrong),
        lambda raw, wrong: raw.update(guidance_source=wrong or 0),
        lambda raw, wrong: raw["deletion_reasons"].update(source=wrong or 0),
    ],
    ids=[
        *("guidance", "reasons", "guidance of one", "part of it", "words of it", "list of reasons", "a reason"),
        *("source of guidance", "source of reasons"),
    ],
)
def test_guidance_of_another_shape_makes_no_pack(spoil: Callable[[Raw, object], None], wrong: object) -> None:
    raw = raw_pack()
    spoil(raw, wrong)
    assert refusal(raw) == ("standard", "not_a_pack", {})


@pytest.mark.parametrize("part", PARTS)
def test_guidance_with_a_part_missing_makes_no_pack(part: str) -> None:
    raw = raw_pack()
    del raw["guidance"]["5.2.4.1"][part]
    assert refusal(raw)[1] == "not_a_pack"
