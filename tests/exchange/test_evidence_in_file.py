"""Samples and evidence travel in the audit file, and stay with what they are about."""

import base64
import copy
import json
from typing import Any

import pytest

from auditor_app.exchange.audit_file import Decoded, decode_whole, encode
from auditor_app.exchange.standards import shipped_standard
from auditor_app.models.audit import Kind, same_content
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.errors import ValidationError

PUMP_MAKER = RESOURCES / "samples" / "pump-maker.json"
SMALLEST = {
    "format": "auditor-workbench.audit",
    "version": 1,
    "id": "0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a10",
    "standard": {"id": "gbt27922-2011", "version": "1"},
}
PHOTO, SCAN = "0f" * 32, "a1" * 32
JPEG = b"\xff\xd8\xff\xe0 a small picture"
WITH_EVIDENCE: dict[str, Any] = {
    "sites": [{"id": "S1"}],
    "team": [{"name": "沈志远", "clauses": ["5.1", "5.2.4"]}],
    "assessments": [{"clause": "5.2.4.1", "verdict": "sampled", "checked": 2, "failed": 1}],
    "samples": [
        {"id": "W2", "clause": "5.2.4.1", "what": "工单 2", "result": "deviates", "site": "S1", "remark": "超时\n两次"},
        {"clause": "5.2.4.1", "what": "工单 3", "checked_on": "2026-03-02"},
    ],
    "findings": [{"id": "F1", "clause": "5.2.4.1", "grade": "minor"}],
    "evidence": [
        {"subject_kind": "sample", "subject": "W2", "sha256": PHOTO, "marks": ["arrow 0 0 10 10"], "rotation": 90},
        {"subject_kind": "finding", "subject": "F1", "sha256": PHOTO, "taken_at": "2026-03-02T09:14:05"},
        {"subject_kind": "document", "subject": "D1", "sha256": SCAN, "name": "申请书.pdf", "size": 1024},
        {"subject_kind": "meeting", "subject": "opening", "sha256": SCAN},
    ],
    "thumbnails": [{"sha256": PHOTO, "jpeg": base64.b64encode(JPEG).decode()}],
}


def whole(content: dict[str, Any]) -> Decoded:
    return decode_whole(json.dumps(SMALLEST | content).encode(), shipped_standard)


def test_evidence_stays_with_the_sample_and_the_finding_it_was_added_to() -> None:
    audit = whole(WITH_EVIDENCE).audit
    ((sample_id, sample), _) = audit.of(Kind.SAMPLE).items()
    ((finding_id, _),) = audit.of(Kind.FINDING).items()
    assert (sample.what, sample.remark) == ("工单 2", "超时\n两次")
    assert [row.subject for row in audit.evidence] == [sample_id, finding_id, "D1", "opening"]


def test_a_file_with_evidence_comes_back_byte_for_byte() -> None:
    first = whole(WITH_EVIDENCE)
    assert first.thumbnails == {PHOTO: JPEG}
    written = encode(first.audit, first.standard, first.thumbnails)
    again = decode_whole(written, shipped_standard)
    assert same_content(again.audit, first.audit)
    assert encode(again.audit, again.standard, again.thumbnails) == written


def test_samples_and_findings_stand_in_the_order_of_the_file_whatever_their_ids() -> None:
    late, early = "ffffffff-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000000"
    samples = [{"id": row_id, "clause": "5.2.4.1", "what": row_id} for row_id in (late, early)]
    findings = [{"id": row_id, "grade": "minor", "facts": row_id} for row_id in (late, early)]
    evidence = [{"subject_kind": kind, "subject": late, "sha256": PHOTO} for kind in ("sample", "finding")]
    audit = whole({"samples": samples, "findings": findings, "evidence": evidence}).audit
    assert [row.what for row in audit.samples] == [late, early]
    assert [row.facts for row in audit.findings] == [late, early]
    firsts = [next(iter(audit.of(kind))) for kind in (Kind.SAMPLE, Kind.FINDING)]
    assert [row.subject for row in audit.evidence] == firsts


def test_ids_that_ascend_are_kept() -> None:
    ids = ["00000000-0000-4000-8000-000000000000", "0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a11"]
    findings = [{"id": row_id, "grade": "minor"} for row_id in ids]
    assert list(whole({"findings": findings}).audit.of(Kind.FINDING)) == ids


def test_evidence_on_another_sample_is_another_audit() -> None:
    other = copy.deepcopy(WITH_EVIDENCE)
    other["samples"][1]["id"] = "W3"
    other["evidence"][0]["subject"] = "W3"
    assert same_content(whole(WITH_EVIDENCE).audit, whole(WITH_EVIDENCE).audit)
    assert not same_content(whole(WITH_EVIDENCE).audit, whole(other).audit)


def test_a_sample_and_a_finding_of_one_id_are_told_apart() -> None:
    ids = ["00000000-0000-4000-8000-000000000000", "0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a11"]
    on_first, on_second = (
        whole(
            {
                "samples": [{"id": row_id, "clause": "5.2.4.1"} for row_id in ids],
                "findings": [{"id": ids[1], "grade": "minor"}],
                "evidence": [{"subject_kind": "sample", "subject": row_id, "sha256": PHOTO}],
            }
        ).audit
        for row_id in ids
    )
    assert not same_content(on_first, on_second)


def test_a_file_from_before_samples_and_evidence_reads_as_one_without_any() -> None:
    old = json.loads(PUMP_MAKER.read_bytes())
    for name in ("samples", "evidence", "thumbnails"):
        old.pop(name, None)
    assert whole(old).audit.evidence == ()


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("samples", 1, "id"), "W2", "samples[1].id"),
        (("samples", 1, "result"), "deviates", "assessments[0].failed"),
        (("samples", 0, "clause"), "5.1.1.1", "samples[0].clause"),
        (("samples", 0, "site"), "S9", "samples[0].site"),
        (("evidence", 0, "subject"), "W9", "evidence[0].subject"),
        (("evidence", 1, "subject_kind"), "sample", "evidence[1].subject"),
        (("evidence", 3, "subject"), "lunch", "evidence[3].subject"),
        (("evidence", 0, "sha256"), "0F" * 32, "evidence[0].sha256"),
        (("evidence", 0, "rotation"), 45, "evidence[0].rotation"),
        (("evidence", 0, "marks"), ["arrow"], "evidence[0].marks"),
        (("evidence", 1, "taken_at"), "2026-03-02", "evidence[1].taken_at"),
        (("team", 0, "clauses"), ["5.9"], "team[0].clauses"),
        (("thumbnails", 0, "sha256"), "bb" * 32, "thumbnails[0].sha256"),
        (("thumbnails", 0, "jpeg"), "not base64", "thumbnails[0].jpeg"),
        (("thumbnails", 0, "jpeg"), base64.b64encode(b"GIF89a").decode(), "thumbnails[0].jpeg"),
    ],
)
def test_what_cannot_be_about_samples_and_evidence_is_refused_with_its_place(
    place: tuple[str, int, str], value: object, path: str
) -> None:
    spoilt: dict[str, Any] = copy.deepcopy(WITH_EVIDENCE)
    spoilt[place[0]][place[1]][place[2]] = value
    with pytest.raises(ValidationError) as refused:
        whole(spoilt)
    assert refused.value.path == path
