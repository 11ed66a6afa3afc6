"""A library of every released version opens with everything the auditor entered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from shutil import copyfile
from threading import Barrier

import pytest

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import (
    Assessment,
    Contact,
    Document,
    Evidence,
    Finding,
    Meeting,
    PreviousCertificate,
    Sample,
    Site,
    SpecialDeduction,
    Subcontract,
)
from auditor_app.models.enums import (
    ActionResult,
    AppliedLevel,
    Applies,
    AuditKind,
    AuditMode,
    CompanyKind,
    DocumentStatus,
    EvidenceSubject,
    Grade,
    Ground,
    Judgement,
    Level,
    Operated,
    Role,
    SampleResult,
    SiteKind,
    Verdict,
)
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import score_audit
from auditor_app.models.standard import Standard
from auditor_app.storage import connection
from auditor_app.storage.connection import SCHEMA_VERSION
from auditor_app.storage.library import FILE_NAME, Library

DATA = Path(__file__).resolve().parents[1] / "data"
RELEASED = sorted(DATA.glob("library-v*.db"))
STARTS = 4


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """Give a copy of a released library, opened by this version."""
    copyfile(request.param, tmp_path / FILE_NAME)
    library = Library(tmp_path, who="李工")
    yield library
    library.close()


@pytest.fixture
def was(request: pytest.FixtureRequest, old: Library) -> int:
    """Give the schema of the released library before it was opened."""
    return schema_version(request.node.callspec.params["old"])


@pytest.fixture
def opened(old: Library) -> tuple[Standard, Audit]:
    """Give the pack and the audit of the released library."""
    return old.load(old.find("R0-2026-0031"))


def schema_version(path: Path) -> int:
    reader = sqlite3.connect(path)
    version = reader.execute("PRAGMA user_version").fetchone()[0]
    reader.close()
    return int(version)


def rows_in(path: Path, table: str) -> int:
    reader = sqlite3.connect(path)
    count = reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    reader.close()
    return int(count)


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    reader = sqlite3.connect(path)
    found = reader.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    reader.close()
    return found


def test_a_library_of_every_schema_is_kept() -> None:
    assert [path.name for path in RELEASED] == [f"library-v{n}.db" for n in range(1, SCHEMA_VERSION + 1)]


def test_an_old_library_gets_the_same_tables_as_a_new_one(old: Library, tmp_path: Path) -> None:
    new = Library(tmp_path / "new", who="李工")
    new.close()
    assert schema_of(old.path) == schema_of(new.path)


def test_the_audit_itself_is_there(opened: tuple[Standard, Audit]) -> None:
    info = opened[1].info
    assert (info.number, info.kind, info.mode) == ("R0-2026-0031", AuditKind.RECERTIFICATION, AuditMode.BOTH)
    assert (info.starts, info.ends) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (info.man_days, str(info.man_days)) == (Decimal("2.5"), "2.50")
    assert info.applied_level is AppliedLevel.FIVE_STAR
    assert info.opening_meeting == Meeting("2026-03-02T09:00", "总部 二楼", ("陆建平", "许文静"))
    assert info.closing_meeting == Meeting("2026-03-03T16:30", "总部", ("陆建平",))


def test_the_company_is_there(opened: tuple[Standard, Audit]) -> None:
    company = opened[1].company
    assert (company.name, company.credit_code) == ("青泉泵业有限公司", "91350100M000100Y43")
    assert company.kinds == (CompanyKind.MANUFACTURER, CompanyKind.SELLER)
    assert (company.employees, company.after_sales_staff, company.service_management_staff) == (321, 45, 21)
    assert (company.certified_service_managers, company.three_in_one, company.needs_licence) == (
        3,
        False,
        True,
    )
    assert company.contact == Contact("许文静", "0591-0000", "xu@example.com")
    assert opened[1].eligibility.budget is Judgement.NOT_MET
    assert opened[1].eligibility.legal_person is Judgement.MET
    assert opened[1].previous_certificate == PreviousCertificate(
        "27922-0042", AppliedLevel.FOUR_STAR, date(2023, 3, 5), date(2026, 3, 4)
    )


def test_team_sites_and_documents_are_there(opened: tuple[Standard, Audit]) -> None:
    audit = opened[1]
    (member,) = audit.team
    assert (member.name, member.registration, member.role) == ("沈志远", "2020-N1SC-1334567", Role.LEADER)
    assert audit.sites == (
        Site("S1", "总部", "福州", SiteKind.SERVICE_STATION, Operated.COMMISSIONED, 12, sampled=False),
    )
    assert audit.subcontracting == (Subcontract("配送", "某物流公司"),)
    assert audit.document("D4") == Document(
        id="D4",
        status=DocumentStatus.VERIFIED,
        applies=Applies.YES,
        override_reason="旧证仍有效",
        number="123456789",
        issued=date(2015, 1, 1),
        expires=date(2027, 1, 1),
        copies=2,
        remark="原件已看",
    )


def test_the_judgements_and_findings_are_there(opened: tuple[Standard, Audit]) -> None:
    audit = opened[1]
    assert len(audit.assessments) == 44
    assert audit.assessment(Clause("5.1.1.1")) == Assessment("5.1.1.1", Verdict.MET)
    assert audit.assessment(Clause("5.1.2.2")) == Assessment("5.1.2.2", Verdict.NOT_MET, reason="证书过期")
    assert audit.assessment(Clause("5.2.4.1")) == Assessment("5.2.4.1", Verdict.SAMPLED, 3, 1, note="抽样 3 单")
    assert audit.assessment(Clause("5.2.6.1")).reason == "无废弃商品"
    assert audit.special_deductions == (SpecialDeduction(Ground.COMPANY_RULES, "5.2.4", "超过承诺时限", "S1"),)
    assert audit.bonus is not None
    assert audit.bonus.reason == "两小时到场"
    (finding,) = audit.findings
    assert finding == Finding(
        Grade.MINOR, "5.1.1.1", "一个岗位空缺", "S1", "沈志远", date(2026, 3, 2), action=finding.action
    )
    assert (finding.action.owner, finding.action.due) == ("许文静", date(2026, 4, 1))
    assert finding.action.result is ActionResult.ACCEPTED


def test_the_score_is_the_one_the_auditor_saw(opened: tuple[Standard, Audit]) -> None:
    result = score_audit(*opened)
    # 98 points apply; 5 and two thirds are lost; one special deduction and the bonus cancel out.
    assert result.exact == Fraction(100 * (98 - 5) * 3 - 200, 98 * 3)
    assert result.level is Level.FOUR_STAR


def test_the_pack_of_the_audit_is_the_one_it_was_scored_with(opened: tuple[Standard, Audit]) -> None:
    standard = opened[0]
    assert (standard.id, standard.version, len(standard.indicators)) == ("gbt27922-2011", "1", 44)
    assert standard.nodes[Clause("5.1.2.2")].points == 5


def test_the_history_tells_who_changed_what(old: Library, opened: tuple[Standard, Audit]) -> None:
    last = old.history(opened[1].id)[-1]
    assert (last.who, last.kind, last.field) == ("沈志远", Kind.COMPANY, "employees")
    assert (json.loads(last.before or ""), json.loads(last.after or "")) == (320, 321)
    assert old.setting("language") == "zh"


def test_before_its_schema_changes_a_library_is_copied_and_the_copy_opens(
    old: Library, was: int, tmp_path: Path
) -> None:
    copies = [path for path in tmp_path.glob("*.db") if path.name != FILE_NAME]
    assert len(copies) == (1 if was < SCHEMA_VERSION else 0)
    for copy in copies:
        assert schema_version(copy) == was
        assert rows_in(copy, "assessment") == 44


def test_programs_started_together_copy_and_change_an_old_library_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 5)
    copyfile(RELEASED[0], tmp_path / FILE_NAME)
    together = Barrier(STARTS, timeout=20)

    def start(_number: int) -> int:
        together.wait()
        with closing(Library(tmp_path, who="李工")) as library:
            together.wait()
            return library.count()

    with ThreadPoolExecutor(STARTS) as programs:
        assert list(programs.map(start, range(STARTS))) == [1] * STARTS
    (copy,) = tmp_path.glob("library-*")
    assert schema_version(copy) == 1
    assert schema_version(tmp_path / FILE_NAME) == SCHEMA_VERSION


def test_a_library_whose_copy_finds_no_room_is_left_as_it_was(small_disk: Path) -> None:
    library = small_disk / FILE_NAME
    copyfile(RELEASED[0], library)
    before = library.read_bytes()
    with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))
    with pytest.raises(EnvironmentProblem) as refused:
        Library(small_disk, who="李工")
    assert refused.value.code == "disk_full"
    assert library.read_bytes() == before
    assert [path.name for path in small_disk.glob("library-*")] == []


class TestSinceSchema2:
    """Samples, evidence, clauses of the team and phrases, in the libraries that have them."""

    @pytest.fixture
    def library(self, tmp_path: Path) -> Iterator[Library]:
        copyfile(DATA / "library-v2.db", tmp_path / FILE_NAME)
        library = Library(tmp_path, who="李工")
        yield library
        library.close()

    def test_samples_and_evidence_are_there(self, library: Library) -> None:
        audit = library.load(library.find("R0-2026-0031"))[1]
        assert [sample.what for sample in audit.samples] == ["工单 0101", "工单 0102", "工单 0103"]
        assert audit.samples[1] == Sample(
            "5.2.4.1", "工单 0102", date(2026, 3, 2), SampleResult.DEVIATES, "超时 2 小时", "S1"
        )
        assert audit.evidence == (
            Evidence(
                *(EvidenceSubject.SAMPLE, "sample-2", "0f" * 32, "IMG_0031.jpg", "image/jpeg", 2_345_678),
                *("2026-03-02T10:15:30", "到场超时的工单", 90, ("arrow 1000 2000 3000 4000", "box 0 0 10000 5000")),
            ),
        )

    def test_the_clauses_of_the_team_and_the_phrases_are_there(self, library: Library) -> None:
        audit = library.load(library.find("R0-2026-0031"))[1]
        assert audit.team[0].clauses == ("5.1", "5.2.4")
        assert library.phrases("5.2.4.1") == ["抽查工单均在承诺时限内到场"]
