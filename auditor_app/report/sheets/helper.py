"""The hidden sheet: lists for the drop-downs, the levels, and the unrounded score that others round."""

from __future__ import annotations

from fractions import Fraction

from auditor_app.models.enums import Ground, Level, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import HUNDRED, level_of, shown
from auditor_app.models.standard import Chapter, Group
from auditor_app.report.context import Context
from auditor_app.report.formulas import quoted, rounded_down, two_decimals
from auditor_app.report.page import Cell, Page, Value
from auditor_app.report.sheets.scoring import ScoringCells
from auditor_app.report.sheets.scoring_score import score_text
from auditor_app.report.sheets.special import SpecialCells

WIDTHS = (14, 14, 8, 30, 14, 14, 3, 34, 22, 3, 40)


class Helper:
    """Where the lists and the unrounded score stand; known before any sheet is written."""

    def __init__(self, context: Context, title: str) -> None:
        words = context.words
        self._sheet = f"'{title}'!"
        self.levels = (Level.FAIL, *(level for level, _ in context.standard.scoring.levels))
        self.thresholds = (Fraction(0), *(threshold for _, threshold in context.standard.scoring.levels))
        self.columns: tuple[list[str], ...] = (
            [words.choice(verdict) for verdict in Verdict],
            [words.choice(verdict) for verdict in Verdict if verdict is not Verdict.SAMPLED],
            [str(words.yes_no(True)), str(words.yes_no(False))],
            [words.choice(ground) for ground in Ground],
            [words.choice(level) for level in self.levels],
        )
        # Chapters in a row, then groups in a row, as their tables list them.
        chapters = context.standard.chapters
        nodes: tuple[Chapter | Group, ...] = (*chapters, *(group for chapter in chapters for group in chapter.groups))
        self.labels = {node.clause: bar_label(context, node) for node in nodes}
        self.verdicts, self.plain_verdicts, self.yes_no, self.grounds, self.level_names = (
            self._range(letter, len(column)) for letter, column in zip("ABCDE", self.columns, strict=True)
        )
        self.level_points = self._range("F", len(self.levels))
        self.thresholds_above_fail = f"{self._sheet}$F$3:$F${len(self.levels) + 1}"
        places = (f"{self._sheet}$I${row}" for row in range(2, 11))
        self.lower, self.upper, self.lowest, self.highest, self.text, self.least, self.next, *rounded = places
        self.shown_lower, self.shown_upper = rounded

    def place(self, context: Context, points: Fraction | None) -> int:
        """Return the place of a score in the list of levels, from 1 for fail; 0 when there is no score."""
        if points is None:
            return 0
        if context.result.too_many_deductions:
            return 1
        return self.levels.index(level_of(context.standard.scoring, points)) + 1

    def next_place(self, context: Context) -> int:
        """Return the place of the next level in the list of levels, 0 when there is none."""
        to_next = context.result.to_next
        return self.levels.index(to_next.level) + 1 if to_next else 0

    def bar_labels(self, first: Clause, count: int) -> str:
        """Return the range of so many labels of chapters or groups, from that of a clause on."""
        row = 2 + list(self.labels).index(first)
        return f"{self._sheet}$K${row}:$K${row + count - 1}"

    def _range(self, column: str, length: int) -> str:
        return f"{self._sheet}${column}$2:${column}${length + 1}"


def write(page: Page, context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells) -> None:
    """Write the lists side by side, and the calculation beside them."""
    words = context.words
    titles = ("verdicts", "plain_verdicts", "yes_no", "grounds", "levels", "thresholds")
    page.add(
        *(Cell(words("helper", title)) for title in titles),
        Cell(),
        Cell(words("helper", "calculation")),
        Cell(),
        Cell(),
        Cell(words("helper", "labels")),
    )
    labels = list(helper.labels.values())
    calculation = _calculation(context, helper, scoring, special)
    for index in range(max(len(calculation), len(labels), *(len(column) for column in helper.columns))):
        lists = [Cell(column[index] if index < len(column) else None) for column in helper.columns]
        # Rounded as the score is before the two are compared.
        known = index < len(helper.thresholds)
        points = Cell(round(helper.thresholds[index], 9) if known else None)
        results = calculation[index] if index < len(calculation) else (Cell(), Cell())
        label = Cell(labels[index] if index < len(labels) else None)
        page.add(*lists, points, Cell(), *results, Cell(), label)


def bar_label(context: Context, node: Chapter | Group) -> str:
    """Return what stands beside the bar of a chapter or group."""
    return f"{node.clause} {context.words.of(node.title)}"


def _calculation(
    context: Context, helper: Helper, scoring: ScoringCells, special: SpecialCells
) -> list[tuple[Cell, Cell]]:
    words, result = context.words, context.result
    limit = special.limit
    rows: list[tuple[str, Value, str]] = [
        ("lower", result.lower, f'IF({helper.least}="","",{_clamped(helper.least)})'),
        ("upper", result.upper, _points(scoring, special, f"({scoring.earned}+{scoring.open})", clamped=True)),
    ]
    for key, bound, points in (
        ("lowest", helper.lower, result.lower),
        ("highest", helper.upper, result.upper),
    ):
        place = f"MATCH(ROUND({bound},9),{helper.level_points},1)"
        formula = f'IF({bound}="",0,IF({special.count}>={limit},1,{place}))'
        rows.append((key, helper.place(context, points), formula))
    rows.append(("text", score_text(context), _text(context, helper, scoring)))
    rows.append(("least", _least(context), _points(scoring, special, scoring.earned, clamped=False)))
    reached = f"SUMPRODUCT(({helper.thresholds_above_fail}<=ROUND({helper.least},9))*1)"
    none = f'{helper.least}="",{special.count}>={limit}'
    formula = f"IF(OR({none}),0,IF({reached}={len(helper.levels) - 1},0,{reached}+2))"
    rows.append(("next", helper.next_place(context), formula))
    for key, bound, points in (
        ("shown_lower", helper.lower, result.lower),
        ("shown_upper", helper.upper, result.upper),
    ):
        value = None if points is None else Fraction(shown(points))
        rows.append((key, value, f'IF({bound}="","",{rounded_down(bound)})'))
    return [(Cell(words("helper", key)), Cell(value, formula=formula)) for key, value, formula in rows]


def _text(context: Context, helper: Helper, scoring: ScoringCells) -> str:
    """Return the formula of the score as people read it: two decimals, a range while some are unjudged."""
    words = context.words
    lower, upper = two_decimals(helper.lower), two_decimals(helper.upper)
    both = f"{lower}&{quoted(words('score', 'to'))}&{upper}"
    done = f"{scoring.shown.judged}={context.result.whole.total}"
    return f'IF({helper.lower}="",{quoted(words("score", "none"))},IF({done},{lower},{both}))'


def _least(context: Context) -> Fraction | None:
    """Return the lower bound before it is clamped: what it hides below 0 must be earned on the way to a level."""
    whole, rules, result = context.result.whole, context.standard.scoring, context.result
    possible = whole.applicable + whole.open
    if not possible:
        return None
    added = rules.bonus_points * min(result.bonus, rules.bonus_at_most)
    return HUNDRED * whole.earned / possible + added - rules.deduction_points * result.special_deductions


def _points(scoring: ScoringCells, special: SpecialCells, earned: str, *, clamped: bool) -> str:
    """Return the formula of a bound (rules 4 and 8): empty when nothing applies."""
    possible = f"({scoring.applicable}+{scoring.open})"
    points = f"100*{earned}/{possible}-{special.points_off}+{special.bonus_points}"
    return f'IF({possible}=0,"",{_clamped(points) if clamped else points})'


def _clamped(points: str) -> str:
    return f"MAX(0,MIN(100,{points}))"
