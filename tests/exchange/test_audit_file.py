"""An audit leaves as a file and comes back the same, and the file is read as docs/FORMAT.md says."""

import json
import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from auditor_app.exchange.audit_file import decode, encode, json_schema
from auditor_app.exchange.standards import default_standard, shipped_standard
from auditor_app.models.audit import ENTITY_TYPES, NATURAL_KEY, Audit, Kind, StandardRef, new_audit, only_row
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.entities import Assessment, Document, Finding, Meeting, Site
from auditor_app.models.enums import ActionResult, Grade, Level, Verdict
from auditor_app.models.ids import AuditId, RowId
from auditor_app.models.scoring import score_audit, shown

SAMPLES = sorted((RESOURCES / "samples").glob("*.json"))
PUMP_MAKER = RESOURCES / "samples" / "pump-maker.json"
SCHEMA = RESOURCES / "schema" / "audit-file.schema.json"
ID = "0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a10"
SMALLEST = {
    "format": "auditor-workbench.audit",
    "version": 1,
    "id": ID,
    "standard": {"id": "gbt27922-2011", "version": "1"},
}


def read(content: dict[str, Any]) -> Audit:
    """Return the audit of a file with this content."""
    return decode(json.dumps(content).encode(), shipped_standard)[1]


def rows_by_kind(audit: Audit) -> dict[Kind, list[Any]]:
    """Return the rows without the ids that only this laptop gives them."""
    return {kind: list(audit.of(kind).values()) for kind in Kind}


def test_the_pump_maker_scores_98_06_and_five_stars() -> None:
    result = score_audit(*decode(PUMP_MAKER.read_bytes(), shipped_standard))
    assert (result.exact, result.level) == (Fraction(4805, 49), Level.FIVE_STAR)
    assert shown(Fraction(4805, 49)) == "98.06"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_written_and_read_again_is_the_same_audit(sample: Path) -> None:
    standard, audit = decode(sample.read_bytes(), shipped_standard)
    written = encode(audit, standard)
    again = decode(written, shipped_standard)[1]
    assert rows_by_kind(again) == rows_by_kind(audit)
    assert (again.id, again.standard) == (audit.id, audit.standard)
    assert encode(again, standard) == written


def test_a_written_file_is_indented_utf8_that_ends_with_a_line_feed() -> None:
    standard, audit = decode(PUMP_MAKER.read_bytes(), shipped_standard)
    text = encode(audit, standard).decode()
    assert text.startswith('{\n "format": "auditor-workbench.audit",\n "version": 1,\n "id": ')
    assert text.endswith("\n}\n")
    assert "台州示例泵业有限公司" in text


def test_fields_are_written_in_the_order_of_the_format() -> None:
    standard, audit = decode(PUMP_MAKER.read_bytes(), shipped_standard)
    written = json.loads(encode(audit, standard))
    assert list(written) == [
        *("format", "version", "id", "standard", "audit", "team", "company", "eligibility", "sites"),
        *("subcontracting", "documents", "assessments", "samples", "special_deductions", "bonus", "findings"),
        *("evidence", "thumbnails"),
    ]
    assert list(written["company"])[-2:] == ["contact", "previous_certificate"]
    assert list(written["findings"][0]) == [
        *("id", "clause", "grade", "facts", "site", "found_by", "found_on", "action"),
    ]
    assert list(written["special_deductions"][0]) == ["ground", "clause", "facts", "site"]


def test_a_file_with_nothing_but_its_head_is_an_audit_with_every_default() -> None:
    audit = read(SMALLEST)
    assert audit == new_audit(AuditId(ID), StandardRef("gbt27922-2011", "1"))


def test_a_missing_field_takes_its_default() -> None:
    audit = read(SMALLEST | {"documents": [{"id": "D1"}], "assessments": [{"clause": "5.1.1.1"}]})
    assert audit.document("D1") == Document("D1", copies=1)
    assert audit.of(Kind.ASSESSMENT) == {RowId("5.1.1.1"): Assessment("5.1.1.1", Verdict.UNJUDGED)}


def test_rows_are_found_by_their_own_names() -> None:
    certificate = {"previous_certificate": {"number": "C-1", "level": "three_star", "issued": "2023-05-01"}}
    audit = read(SMALLEST | {"company": certificate, "bonus": [{"reason": "五年保修"}]})
    assert set(audit.of(Kind.PREVIOUS_CERTIFICATE)) == {only_row(Kind.PREVIOUS_CERTIFICATE)}
    assert set(audit.of(Kind.BONUS)) == {only_row(Kind.BONUS)}
    assert audit.previous_certificate is not None
    assert audit.previous_certificate.issued == date(2023, 5, 1)


def test_lists_keep_the_order_of_the_file() -> None:
    names = [f"站点 {number}" for number in range(40)]
    sites = [{"id": f"S{number}", "name": name} for number, name in enumerate(names)]
    audit = read(SMALLEST | {"sites": sites})
    assert [site.name for site in audit.sites] == names
    assert list(audit.of(Kind.SITE)) == sorted(audit.of(Kind.SITE))


def test_assessments_and_documents_are_written_in_the_order_of_the_standard() -> None:
    clauses = ["5.3.2.4", "5.1.1.1", "5.2.4.1"]
    audit = read(
        SMALLEST
        | {"assessments": [{"clause": clause} for clause in clauses]}
        | {"documents": [{"id": "D6"}, {"id": "D1"}]}
    )
    written = json.loads(encode(audit, default_standard()))
    assert [row["clause"] for row in written["assessments"]] == ["5.1.1.1", "5.2.4.1", "5.3.2.4"]
    assert [row["id"] for row in written["documents"]] == ["D1", "D6"]


@pytest.mark.parametrize(("written", "days"), [('"2.5"', "2.5"), ("3", "3"), ('"0.0001"', "0.0001"), ('"2.0"', "2.0")])
def test_man_days_are_exact(written: str, days: str) -> None:
    audit = read(SMALLEST | {"audit": {"man_days": json.loads(written)}})
    assert audit.info.man_days == Decimal(days)
    assert json.loads(encode(audit, default_standard()))["audit"]["man_days"] == days


def test_text_is_cleaned_on_the_way_in() -> None:
    finding = {"grade": "minor", "facts": "第一行\r\n第二行\u0007\ufeff", "found_by": " 李倩\n\ud800 "}
    audit = read(SMALLEST | {"company": {"name": "Cafe\u0301\u0000 公司"}, "findings": [finding]})
    assert audit.company.name == "Café 公司"
    assert audit.findings[0].facts == "第一行\n第二行"
    assert audit.findings[0].found_by == "李倩"


def test_a_byte_order_mark_is_no_problem() -> None:
    assert decode(b"\xef\xbb\xbf" + PUMP_MAKER.read_bytes(), shipped_standard)[1].id == ID


def test_an_id_in_capitals_is_the_same_id() -> None:
    assert read(SMALLEST | {"id": ID.upper()}).id == ID


def test_every_value_survives_writing_and_reading() -> None:
    audit = new_audit(AuditId(ID), StandardRef("gbt27922-2011", "1"))
    filled: dict[Kind, dict[RowId, Any]] = {kind: dict(audit.of(kind)) for kind in Kind}
    filled[Kind.SITE] = {RowId("1"): Site("S1", sampled=False, staff=7)}
    filled[Kind.FINDING] = {RowId("1"): Finding(Grade.MAJOR, "5.1", "事实", "S1", found_on=date(2026, 3, 3))}
    again = decode(encode(Audit(audit.id, audit.standard, filled), default_standard()), shipped_standard)[1]
    assert again.findings == tuple(filled[Kind.FINDING].values())
    assert again.findings[0].action.result is ActionResult.OPEN
    assert again.info.opening_meeting == Meeting()


def test_the_published_schema_is_that_of_the_program() -> None:
    # After a change of the format, write this text to the file anew.
    assert SCHEMA.read_text("utf-8") == json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def test_the_schema_refuses_unknown_fields_and_names_every_known_one() -> None:
    definitions = json_schema()["$defs"]
    objects = [definition for definition in definitions.values() if definition.get("type") == "object"]
    assert all(definition["additionalProperties"] is False for definition in objects)
    for entity in ENTITY_TYPES.values():
        if entity.__name__ in definitions:
            assert {field.name for field in fields(entity)} == set(definitions[entity.__name__]["properties"])


def test_the_schema_can_be_read_without_anything_that_is_not_in_the_repository() -> None:
    """Descriptions are docstrings; one that sends the reader elsewhere names a file that ships."""
    described = re.findall(r'"description": "(.*)"', SCHEMA.read_text("utf-8"))
    assert len(described) > 20
    assert [text for text in described if re.search(r"[A-Z]{3,}(?!\.md)|\bsee\b|\bsection\b", text)] == []


def test_natural_keys_are_fields_of_the_file() -> None:
    assert {"clause", "id"} == set(NATURAL_KEY.values())
