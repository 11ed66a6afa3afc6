"""Make `library-v<schema>.db`: a small library as this version of the program stores it.

Run `python -m tests.data.make_library` once when a schema is released; a released file is never made again.
"""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copyfile

from auditor_app.models import entities as e
from auditor_app.models import enums
from auditor_app.models.audit import Kind, only_row
from auditor_app.storage.connection import SCHEMA_VERSION
from auditor_app.storage.library import FILE_NAME, Library
from tests.builders import all_met, empty_audit, fields_changed, shipped_standard, with_rows, with_sheet

TARGET = Path(__file__).parent / f"library-v{SCHEMA_VERSION}.db"


def rows() -> list[tuple[Kind, str, object]]:
    """Return a row of every kind, every field away from its default."""
    meeting = e.Meeting("2026-03-02T09:00", "总部 二楼", ("陆建平", "许文静"))
    action = e.CorrectiveAction(
        *("补做记录", "人员变动", "专人负责", "许文静", date(2026, 4, 1), "沈志远", date(2026, 4, 3)),
        enums.ActionResult.ACCEPTED,
    )
    company = e.Company(
        name="青泉泵业有限公司",
        credit_code="91350100M000100Y43",
        legal_representative="陆建平",
        registered_address="福州市鼓楼区 1 号",
        operating_address="福州市仓山区 2 号",
        kinds=(enums.CompanyKind.MANUFACTURER, enums.CompanyKind.SELLER),
        industry="通用设备",
        products="离心泵",
        scope="离心泵的售后服务",
        employees=320,
        after_sales_staff=45,
        service_management_staff=21,
        certified_service_managers=3,
        three_in_one=False,
        needs_licence=True,
        hotline="400-000-0000",
        website="https://example.com",
        contact=e.Contact("许文静", "0591-0000", "xu@example.com"),
    )
    info = e.AuditInfo(
        number="R0-2026-0031",
        kind=enums.AuditKind.RECERTIFICATION,
        mode=enums.AuditMode.BOTH,
        starts=date(2026, 3, 2),
        ends=date(2026, 3, 3),
        man_days=Decimal("2.50"),
        applied_level=enums.AppliedLevel.FIVE_STAR,
        opening_meeting=meeting,
        closing_meeting=e.Meeting("2026-03-03T16:30", "总部", ("陆建平",)),
    )
    met, not_met = enums.Judgement.MET, enums.Judgement.NOT_MET
    certificate = e.PreviousCertificate("27922-0042", enums.AppliedLevel.FOUR_STAR, date(2023, 3, 5), date(2026, 3, 4))
    document = e.Document(
        *("D4", enums.DocumentStatus.VERIFIED, enums.Applies.YES, "旧证仍有效", "123456789"),
        *(date(2015, 1, 1), date(2027, 1, 1), 2, "原件已看"),
    )
    site = e.Site("S1", "总部", "福州", enums.SiteKind.SERVICE_STATION, enums.Operated.COMMISSIONED, 12, False)
    deduction = e.SpecialDeduction(enums.Ground.COMPANY_RULES, "5.2.4", "超过承诺时限", "S1")
    finding = e.Finding(enums.Grade.MINOR, "5.1.1.1", "一个岗位空缺", "S1", "沈志远", date(2026, 3, 2), action)
    evidence = e.Evidence(
        *(enums.EvidenceSubject.SAMPLE, "sample-2", "0f" * 32, "IMG_0031.jpg", "image/jpeg", 2_345_678),
        *("2026-03-02T10:15:30", "到场超时的工单", 90, ("arrow 1000 2000 3000 4000", "box 0 0 10000 5000")),
    )
    return [
        (Kind.AUDIT, only_row(Kind.AUDIT), info),
        (Kind.COMPANY, only_row(Kind.COMPANY), company),
        (Kind.ELIGIBILITY, only_row(Kind.ELIGIBILITY), e.Eligibility(met, met, not_met, met, met, met)),
        (Kind.PREVIOUS_CERTIFICATE, only_row(Kind.PREVIOUS_CERTIFICATE), certificate),
        (Kind.TEAM, "row-1", e.TeamMember("沈志远", "2020-N1SC-1334567", enums.Role.LEADER, ("5.1", "5.2.4"))),
        (Kind.SITE, "row-1", site),
        (Kind.SUBCONTRACT, "row-1", e.Subcontract("配送", "某物流公司")),
        (Kind.DOCUMENT, "D4", document),
        (Kind.ASSESSMENT, "5.1.2.2", e.Assessment("5.1.2.2", enums.Verdict.NOT_MET, reason="证书过期")),
        (Kind.ASSESSMENT, "5.2.4.1", e.Assessment("5.2.4.1", enums.Verdict.SAMPLED, 3, 1, note="抽样 3 单")),
        (Kind.ASSESSMENT, "5.2.6.1", e.Assessment("5.2.6.1", enums.Verdict.DELETED, reason="无废弃商品")),
        *samples(),
        (Kind.EVIDENCE, "row-1", evidence),
        (Kind.SPECIAL_DEDUCTION, "row-1", deduction),
        (Kind.BONUS, only_row(Kind.BONUS), e.Bonus("两小时到场")),
        (Kind.FINDING, "row-1", finding),
    ]


def samples() -> list[tuple[Kind, str, object]]:
    """Return the three samples of 5.2.4.1, of which one deviates."""
    conforms, deviates = enums.SampleResult.CONFORMS, enums.SampleResult.DEVIATES
    day = date(2026, 3, 2)
    return [
        (Kind.SAMPLE, "sample-1", e.Sample("5.2.4.1", "工单 0101", day, conforms, "", "S1")),
        (Kind.SAMPLE, "sample-2", e.Sample("5.2.4.1", "工单 0102", day, deviates, "超时 2 小时", "S1")),
        (Kind.SAMPLE, "sample-3", e.Sample("5.2.4.1", "工单 0103", None, conforms)),
    ]


def main() -> None:
    """Store the audit with everything else judged as met, correct one field, and keep the closed file."""
    standard = shipped_standard()
    audit = with_rows(with_sheet(empty_audit(standard), all_met(standard)), *rows())
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), who="沈志远")
        library.add(audit, standard)
        library.apply(fields_changed(audit, Kind.COMPANY, only_row(Kind.COMPANY), employees=321))
        library.set_setting("language", "zh")
        library.keep_phrase("5.2.4.1", "抽查工单均在承诺时限内到场")
        library.close()
        copyfile(Path(folder) / FILE_NAME, TARGET)


if __name__ == "__main__":
    main()
