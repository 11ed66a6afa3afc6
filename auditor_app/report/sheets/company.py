"""企业概况: every field of the profile, the sites, what is subcontracted and the certificate held before."""

from __future__ import annotations

from fractions import Fraction

from auditor_app.models.remarks import required_managers
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.formulas import quoted
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.printing import set_up

WIDTHS = (22, 16, 11, 9, 22, 16, 7, 10)


def write(page: Page, context: Context) -> None:
    """Write the sheet."""
    words = context.words
    heading(page, words.sheet("company"), words("company", "about"))
    page.add(Cell(words("company", "profile"), "section", page.columns), least=20)
    _profile(page, context)
    section(page, words("company", "staff"))
    _staff(page, context)
    section(page, words("company", "sites"))
    _sites(page, context)
    section(page, words("company", "subcontracting"))
    _subcontracting(page, context)
    section(page, words("company", "previous"))
    _previous(page, context)
    set_up(page, context.margins)


def _wide(page: Page, label: str, value: Value) -> None:
    page.add(Cell(label, "label"), Cell(value, "value", 7), least=20)


def _pair(page: Page, *pairs: tuple[str, Value]) -> None:
    """Write two labelled values in one row."""
    (first, left), (second, right) = pairs
    page.add(
        Cell(first, "label"),
        Cell(left, _style(left), 3),
        Cell(second, "label"),
        Cell(right, _style(right), 3),
        least=20,
    )


def _style(value: Value) -> str:
    if value is None or isinstance(value, str):
        return "value"
    return "value_count" if isinstance(value, int) else "value_date"


def _profile(page: Page, context: Context) -> None:
    words, company = context.words, context.audit.company

    def label(key: str) -> str:
        return words("company", key)

    _wide(page, label("name"), company.name)
    _pair(
        page,
        (label("credit_code"), company.credit_code),
        (label("legal_representative"), company.legal_representative),
    )
    _wide(page, label("registered_address"), company.registered_address)
    _wide(page, label("operating_address"), company.operating_address)
    kinds = words.joined(words.word(kind) for kind in company.kinds)
    _pair(page, (label("kinds"), kinds), (label("industry"), company.industry))
    _wide(page, label("products"), company.products)
    _wide(page, label("scope"), company.scope)
    _pair(
        page,
        (label("three_in_one"), words.yes_no(company.three_in_one)),
        (label("needs_licence"), words.yes_no(company.needs_licence)),
    )
    _pair(page, (label("hotline"), company.hotline), (label("website"), company.website))
    contact = company.contact
    _pair(page, (label("contact_name"), contact.name), (label("contact_phone"), contact.phone))
    applied = words.word(context.audit.info.applied_level) or words("common", "not_stated")
    _pair(page, (label("contact_email"), contact.email), (label("applied_level"), applied))


def _staff(page: Page, context: Context) -> None:
    """Write the staff figures and the rule of certified managers, which is computed (indicator 5.1.2.2)."""
    words, company = context.words, context.audit.company
    percent = context.standard.scoring.certified_manager_percent
    _pair(
        page,
        (words("company", "employees"), company.employees),
        (words("company", "after_sales_staff"), company.after_sales_staff),
    )
    row = page.row
    _pair(
        page,
        (words("company", "service_management_staff"), company.service_management_staff),
        (words("company", "certified_service_managers"), company.certified_service_managers),
    )
    required = required_managers(company.service_management_staff, percent)
    enough, short = words("company", "enough"), words("company", "short")
    formula = f"IF(F{row}>=B{row + 1},{quoted(enough)},{quoted(short)})"
    met = company.certified_service_managers >= required
    page.add(
        Cell(words("company", "required_managers"), "label"),
        Cell(required, "value_count", 3, formula=f"MAX(1,ROUNDUP(ROUND(B{row}*{_plain(percent)}/100,9),0))"),
        Cell(words("company", "manager_rule"), "label"),
        Cell(enough if met else short, "value", 3, formula=formula),
        least=20,
    )
    text = words("company", "manager_rule_about", percent=_plain(percent))
    page.add(Cell(text, "note", page.columns), least=15)


def _plain(percent: Fraction) -> str:
    return str(percent) if percent.denominator == 1 else str(float(percent))


def _sites(page: Page, context: Context) -> None:
    words, sites = context.words, context.audit.sites
    if not sites:
        return _nothing(page, words("company", "no_sites"))
    keys = (("site", 1), ("site_name", 1), ("address", 3), ("kind", 1), ("heads", 1), ("sampled", 1))
    header(page, *((words("company", key), span) for key, span in keys))
    for site in sites:
        page.add(
            Cell(site.id),
            Cell(site.name),
            Cell(site.address, "text", 3),
            Cell(words.joined((words.word(site.kind), words.word(site.operated))), "center"),
            Cell(site.staff, "count"),
            Cell(words("company", "sampled_yes" if site.sampled else "sampled_no"), "center"),
        )
    return None


def _subcontracting(page: Page, context: Context) -> None:
    words, rows = context.words, context.audit.subcontracting
    if not rows:
        return _nothing(page, words("company", "no_subcontracting"))
    header(page, (words("company", "activity"), 4), (words("company", "contractor"), 4))
    for row in rows:
        page.add(Cell(row.activity, "text", 4), Cell(row.contractor, "text", 4))
    return None


def _previous(page: Page, context: Context) -> None:
    words, previous = context.words, context.audit.previous_certificate
    if previous is None:
        return _nothing(page, words("company", "no_previous"))
    _pair(
        page,
        (words("company", "certificate_number"), previous.number),
        (words("company", "certificate_level"), words.word(previous.level)),
    )
    _pair(page, (words("company", "issued"), previous.issued), (words("company", "expires"), previous.expires))
    return None


def _nothing(page: Page, words: str) -> None:
    page.add(Cell(words, "muted", page.columns))
