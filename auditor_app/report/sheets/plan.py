"""审核计划与签到: how the audit was arranged, who audits what, and both meetings with room to sign in."""

from __future__ import annotations

from auditor_app.models.entities import Meeting, TeamMember
from auditor_app.models.enums import EvidenceSubject, Role
from auditor_app.models.evidence import CLOSING, OPENING
from auditor_app.models.standard import Group
from auditor_app.report.context import Context, header, heading, section
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.printing import set_up

WIDTHS = (17, 31, 17, 31)
# Lines to sign on: some are left for whoever is not listed, and a meeting has a few in any case.
SPARE, LEAST_LINES = 2, 6
LINE = 24.0


def write(page: Page, context: Context) -> None:
    """Write the sheet."""
    words = context.words
    heading(page, words.sheet("plan"), words("plan", "about"))
    page.add(Cell(words("plan", "arrangement"), "section", page.columns), least=20)
    _arrangement(page, context)
    section(page, words("plan", "team"))
    _team(page, context)
    section(page, words("plan", "division"))
    _division(page, context)
    page.break_here()
    info = context.audit.info
    for key, meeting in ((OPENING, info.opening_meeting), (CLOSING, info.closing_meeting)):
        section(page, words("plan", key))
        _meeting(page, context, key, meeting)
    set_up(page, context.margins)


def _wide(page: Page, label: str, value: str) -> None:
    page.add(Cell(label, "label"), Cell(value, "value", 3), least=20)


def _pair(page: Page, *pairs: tuple[str, Value]) -> None:
    cells = [(Cell(label, "label"), Cell(value, "value")) for label, value in pairs]
    page.add(*(cell for pair in cells for cell in pair), least=20)


def _arrangement(page: Page, context: Context) -> None:
    words, info, standard = context.words, context.audit.info, context.standard
    _wide(page, words("plan", "auditee"), context.audit.company.name)
    _wide(page, words("plan", "scope"), context.audit.company.scope)
    line = words("cover", "standard", reference=standard.reference, title=words.of(standard.title))
    _wide(page, words("plan", "standard"), line)
    mode = words("cover", "mode_code", code=info.mode.value, mode=words.word(info.mode))
    _pair(page, (words("plan", "number"), info.number), (words("plan", "dates"), words.period(info.starts, info.ends)))
    _pair(page, (words("plan", "kind"), words.word(info.kind)), (words("plan", "mode"), mode))
    sites = words.joined(words.site(site.id) for site in context.audit.sites if site.sampled)
    _pair(page, (words("plan", "man_days"), words.amount(info.man_days)), (words("plan", "sites"), sites))


def _team(page: Page, context: Context) -> None:
    words = context.words
    if not context.audit.team:
        page.add(Cell(words("plan", "no_team"), "muted", page.columns))
        return
    header(page, *(words("plan", key) for key in ("member_name", "registration", "role", "assigned")))
    for member in context.audit.team:
        page.add(
            Cell(member.name),
            Cell(member.registration),
            Cell(words.word(member.role)),
            Cell(words.joined(member.clauses)),
        )


def _division(page: Page, context: Context) -> None:
    """List the groups of the standard with the members that audit them, so that none is left to nobody unseen."""
    words = context.words
    page.add(Cell(words("plan", "division_about"), "note", page.columns), least=18)
    header(page, words("plan", "clause"), (words("plan", "title"), 2), words("plan", "who"))
    for chapter in context.standard.chapters:
        for group in chapter.groups:
            named = words.joined(_part_of(context, member, chapter.clause, group) for member in context.audit.team)
            page.add(
                Cell(group.clause),
                Cell(words.of(group.title), span=2),
                Cell(named) if named else Cell(words("plan", "nobody"), "muted"),
            )


def _part_of(context: Context, member: TeamMember, chapter: str, group: Group) -> str:
    """Return a member who audits a group or part of it, empty for any other; an observer audits nothing."""
    if member.role is Role.OBSERVER:
        return ""
    if {chapter, group.clause} & set(member.clauses):
        return member.name
    own = [indicator.clause for indicator in group.indicators if indicator.clause in member.clauses]
    return context.words("plan", "partly", name=member.name, clauses=context.words.joined(own)) if own else ""


def _meeting(page: Page, context: Context, key: str, meeting: Meeting) -> None:
    """Write time and place, and a line to sign on for everybody who was present and for some more."""
    words = context.words
    missing = words("plan", "no_meeting")
    _pair(
        page,
        (words("plan", "time"), words.meeting_time(meeting) or missing),
        (words("plan", "place"), meeting.place or missing),
    )
    evidence = context.numbers.evidence_on(EvidenceSubject.MEETING, key)
    if evidence:
        _wide(page, words("plan", "evidence"), evidence)
    header(page, words("plan", "attendee"), words("plan", "position"), (words("plan", "signature"), 2))
    lines = max(LEAST_LINES, len(meeting.attendees) + SPARE)
    for name in (*meeting.attendees, *[None] * (lines - len(meeting.attendees))):
        page.add(Cell(name, "sign_name"), Cell(None, "sign_box"), Cell(None, "sign_box", 2), least=LINE)
