"""The text that explains score and level at the closing meeting, in the language of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor_app.models.audit import Audit
from auditor_app.models.board import (
    LostPoints,
    WayUp,
    cheapest_way,
    counting,
    lost_points,
    points_off,
    points_on,
    raw_bounds,
)
from auditor_app.models.board_words import no_way, way_sentences
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.conclusion import Outcome, headline, sentences
from auditor_app.models.entities import Assessment, SpecialDeduction
from auditor_app.models.enums import Role, Verdict
from auditor_app.models.followup import Loss
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import ScoreResult, plain, score_parts, shown
from auditor_app.models.standard import Indicator, Standard
from auditor_app.models.text import clean_line

LONGEST_NAME = 60
LONGEST_NOTE = 90
CLAUSES_NAMED = 12
DEFAULT = "default"
DEFAULT_MARK = "*"


@dataclass(frozen=True)
class Lengths:
    """How many lines the lists may have, so that the whole fits one page."""

    losses: int
    others: int


USUAL = Lengths(losses=25, others=10)


@dataclass(frozen=True)
class Entry:
    """A line of a list: clause and title of what it is about, and what is said of it."""

    clause: str
    title: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, a list below them, and what is said of the lines that were left out."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    left_out: str = ""


@dataclass(frozen=True)
class Explanation:
    """The whole text: title, who and what by label, the result in one line, sections, footnotes."""

    title: str
    facts: tuple[tuple[str, str], ...]
    result: str
    sections: tuple[Section, ...]
    footnotes: tuple[str, ...]
    colon: str


def explain(
    words: Catalogue,
    standard: Standard,
    audit: Audit,
    result: ScoreResult,
    outcome: Outcome,
    lengths: Lengths = USUAL,
) -> Explanation:
    """Explain score, level and conclusion of an audit in the language of the catalogue."""
    return _Writer(words, standard, audit, result, outcome, lengths).explanation()


def as_text(explanation: Explanation) -> str:
    """Return the explanation as plain text."""
    lines = [explanation.title, ""]
    lines += [f"{label}{explanation.colon}{value}" for label, value in explanation.facts]
    lines += ["", explanation.result]
    for section in explanation.sections:
        lines += ["", section.heading, *section.paragraphs]
        lines += [f"- {_line(entry, explanation.colon)}" for entry in section.entries]
        lines += [f"- {section.left_out}"] if section.left_out else []
    return "\n".join([*lines, "", *explanation.footnotes]).rstrip() + "\n"


def exact_amount(points: Fraction) -> str:
    """Return an amount exactly: as a decimal of up to four places, else as a fraction in brackets."""
    parts = points * 10_000
    if parts.denominator != 1:
        return f"({points})"
    whole, rest = divmod(abs(parts.numerator), 10_000)
    text = f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
    return f"-{text}" if points < 0 else text


def _line(entry: Entry, colon: str) -> str:
    name = " ".join(part for part in (entry.clause, entry.title) if part)
    return f"{name}{colon}{entry.text}" if name else entry.text


def _cut(text: str, longest: int) -> str:
    line = " ".join(clean_line(text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _mark(indicator: Indicator) -> str:
    return DEFAULT_MARK if indicator.sources["points"] == DEFAULT else ""


class _Writer:
    """Everything one explanation is made of."""

    def __init__(
        self,
        words: Catalogue,
        standard: Standard,
        audit: Audit,
        result: ScoreResult,
        outcome: Outcome,
        lengths: Lengths,
    ) -> None:
        self._words = words
        self._standard = standard
        self._audit = audit
        self._result = result
        self._outcome = outcome
        self._lengths = lengths

    def explanation(self) -> Explanation:
        """Return the text, without the sections that have nothing to say."""
        sections = (
            self._how(),
            self._open(),
            self._losses(),
            self._deductions(),
            self._deletions(),
            self._next(),
            self._conclusion(),
        )
        kept = tuple(section for section in sections if section is not None)
        return Explanation(self._say("title"), self._facts(), self._headline(), kept, self._notes(), self._say("colon"))

    def _say(self, key: str, **params: object) -> str:
        return self._words.text("explanation", key, **params)

    def _joined(self, parts: Sequence[str]) -> str:
        return self._words.text("punctuation", "list").join(parts)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        audit, info, standard = self._audit, self._audit.info, self._standard
        leaders = [member.name for member in audit.team if member.role is Role.LEADER and member.name]
        period = ""
        if info.starts is not None and info.ends is not None:
            period = self._say("period", starts=info.starts.isoformat(), ends=info.ends.isoformat())
        about = (self._words.word(info.kind), _cut(info.number, LONGEST_NAME), period)
        title = standard.title.in_(self._words.language)
        values = {
            "auditee": _cut(audit.company.name, LONGEST_NAME),
            "audit": self._say("comma").join(part for part in about if part),
            "standard": self._say("standard_text", reference=standard.reference, title=title),
            "leader": _cut(self._joined(leaders), LONGEST_NAME),
        }
        return tuple((self._say(key), value or self._say("not_stated")) for key, value in values.items())

    def _headline(self) -> str:
        result, parts = self._result, score_parts(self._result)
        level = self._words.word(result.level) if result.level is not None else ""
        if not parts:
            return self._say("result_none")
        if len(parts) == 1:
            return self._say("result", score=parts[0], level=level)
        lower, upper = parts
        if level:
            return self._say("result_range_level", lower=lower, upper=upper, level=level)
        return self._say("result_range", lower=lower, upper=upper)

    def _how(self) -> Section:
        result, rules = self._result, self._standard.scoring
        said: list[str] = []
        if not result.nothing_applicable:
            said += self._formulas()
        starts = [
            self._say("level_from", points=plain(start), level=self._words.word(level))
            for level, start in reversed(rules.levels)
        ]
        limit, lowest = rules.fails_at_deductions, plain(rules.levels[0][1])
        said.append(self._say("levels", levels=self._joined(starts), lowest=lowest, limit=limit))
        if self._audit.bonus is not None:
            reason = _cut(self._audit.bonus.reason, LONGEST_NOTE)
            said.append(self._say("bonus", points=plain(points_on(self._standard, result)), reason=reason))
        return Section(self._say("how"), tuple(said))

    def _formulas(self) -> list[str]:
        result, whole = self._result, self._result.whole
        least, most = raw_bounds(self._standard, result)
        sure, best = whole.earned, whole.earned + whole.open
        if result.exact is not None:
            return [self._formula("formula", sure, least), self._say("terms"), *self._about(sure)]
        return [
            self._formula("formula_lower", sure, least),
            self._formula("formula_upper", best, most),
            self._say("terms_range"),
            *self._about(sure, best),
        ]

    def _about(self, *amounts: Fraction) -> list[str]:
        """Say what amounts that stand as fractions are about, in decimals."""
        fractions = [f"{amount} ≈ {plain(amount)}" for amount in amounts if exact_amount(amount).startswith("(")]
        return [self._say("about", amounts=self._joined(fractions))] if fractions else []

    def _formula(self, key: str, got: Fraction, raw: Fraction) -> str:
        off, on = points_off(self._standard, self._result), points_on(self._standard, self._result)
        amounts = {"earned": got, "applicable": counting(self._result), "off": off, "on": on}
        said = {name: exact_amount(amount) for name, amount in amounts.items()}
        return self._say(key, value=self._value(raw), **said)

    def _value(self, raw: Fraction) -> str:
        kept = min(max(raw, Fraction(0)), Fraction(100))
        if kept != raw:
            return self._say("clamped", raw=exact_amount(raw), value=shown(kept))
        return shown(raw) if Fraction(shown(raw)) == raw else self._say("rounded", value=shown(raw))

    def _open(self) -> Section | None:
        result, whole = self._result, self._result.whole
        if result.exact is not None or result.nothing_applicable:
            return None
        open_ones = [c for c in self._standard.indicators if self._audit.assessment(c).verdict is Verdict.UNJUDGED]
        named = self._joined(open_ones[:CLAUSES_NAMED])
        clauses = named if len(open_ones) <= CLAUSES_NAMED else self._say("open_clauses", clauses=named)
        count, total, points = len(open_ones), whole.total, plain(whole.open)
        said = [self._say("open_text", count=count, total=total, points=points, clauses=clauses)]
        if result.level is None:
            levels = self._joined([self._words.word(level) for level in result.reachable])
            said.append(self._say("open_levels", levels=levels))
        return Section(self._say("open"), tuple(said))

    def _losses(self) -> Section:
        lost = [entry for entry in lost_points(self._standard, self._audit) if isinstance(entry.cause, Loss)]
        weight = sum((entry.weight for entry in lost), Fraction(0))
        score = sum((entry.points for entry in lost), Fraction(0))
        if not lost:
            return Section(self._say("losses_none"), (self._say("no_losses"),))
        key = "losses" if weight == score else "losses_scaled"
        heading = self._say(key, points=plain(weight), score=plain(score))
        shown_ones, rest = lost[: self._lengths.losses], lost[self._lengths.losses :]
        left = sum((entry.weight for entry in rest), Fraction(0))
        more = self._say("more_losses", count=len(rest), points=plain(left)) if rest else ""
        return Section(heading, (), tuple(self._loss(entry) for entry in shown_ones), more)

    def _loss(self, lost: LostPoints) -> Entry:
        assert isinstance(lost.cause, Loss)
        indicator, assessment = lost.cause.indicator, lost.cause.assessment
        worth = {"points": plain(lost.weight), "mark": _mark(indicator)}
        if assessment.verdict is Verdict.SAMPLED:
            text = self._say("sampled", checked=assessment.checked, failed=assessment.failed, **worth)
        else:
            text = self._say("not_met", **worth)
        return self._entry(indicator, self._with_note(text, self._why(assessment)))

    def _why(self, assessment: Assessment) -> str:
        """Return the reason, else the note, else the facts of a finding on the clause."""
        facts = (finding.facts for finding in self._audit.findings if finding.clause == assessment.clause)
        return next((said for said in (assessment.reason, assessment.note, *facts) if said.strip()), "")

    def _deductions(self) -> Section | None:
        rows = self._audit.special_deductions
        if not rows:
            return None
        limit = self._standard.scoring.fails_at_deductions
        heading = self._say("deductions", count=len(rows), limit=limit)
        return self._list(heading, [self._deduction(row) for row in rows])

    def _deduction(self, row: SpecialDeduction) -> Entry:
        points = plain(self._standard.scoring.deduction_points)
        text = self._say("deduction", ground=self._words.word(row.ground), points=points)
        return Entry(row.clause, self._title(row.clause), self._with_note(text, row.facts))

    def _deletions(self) -> Section | None:
        deleted = [
            (indicator, assessment)
            for indicator in self._standard.indicators.values()
            if (assessment := self._audit.assessment(indicator.clause)).verdict is Verdict.DELETED
        ]
        if not deleted:
            return None
        entries = [self._deletion(indicator, assessment) for indicator, assessment in deleted]
        return self._list(self._say("deletions"), entries)

    def _deletion(self, indicator: Indicator, assessment: Assessment) -> Entry:
        text = self._say("deletion", points=plain(indicator.points), mark=_mark(indicator))
        return self._entry(indicator, self._with_note(text, assessment.reason))

    def _next(self) -> Section | None:
        if self._result.nothing_applicable:
            return None
        way = cheapest_way(self._standard, self._audit, self._result, lost_points(self._standard, self._audit))
        if way is None:
            return Section(self._say("next"), (no_way(self._words, self._result),))
        said = way_sentences(self._words, way)
        regained = way.regained if isinstance(way, WayUp) else ()
        entries = [
            Entry(lost.clause, self._title(lost.clause), self._say("regain", points=plain(lost.points)))
            for lost in regained
        ]
        return self._list(self._say("next"), entries, said)

    def _conclusion(self) -> Section:
        levels = " / ".join(self._words.word(level) for level in self._result.reachable)
        reasons = sentences(self._words, self._outcome.for_others, self._audit)
        said = (headline(self._words, self._outcome, levels), *reasons)
        return Section(self._say("conclusion"), said)

    def _notes(self) -> tuple[str, ...]:
        sources = [indicator.sources["points"] for indicator in self._standard.indicators.values()]
        defaults = sources.count(DEFAULT)
        if not defaults:
            return ()
        said = [self._say("defaults", count=defaults, total=len(sources))]
        others = [source for source in dict.fromkeys(sources) if source != DEFAULT]
        if others:
            named = self._joined([self._standard.sources[source].in_(self._words.language) for source in others])
            said.append(self._say("sources", sources=named))
        return tuple(said)

    def _list(self, heading: str, entries: Sequence[Entry], said: tuple[str, ...] = ()) -> Section:
        most = self._lengths.others
        rest = len(entries) - most
        return Section(heading, said, tuple(entries[:most]), self._say("more", count=rest) if rest > 0 else "")

    def _entry(self, indicator: Indicator, text: str) -> Entry:
        return Entry(indicator.clause, indicator.title.in_(self._words.language), text)

    def _title(self, clause: str) -> str:
        node = self._standard.nodes.get(Clause(clause))
        return node.title.in_(self._words.language) if node is not None else ""

    def _with_note(self, text: str, note: str) -> str:
        return self._say("with_note", text=text, note=_cut(note, LONGEST_NOTE)) if note.strip() else text
