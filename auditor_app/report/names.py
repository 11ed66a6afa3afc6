"""Names of the key cells of a report, by which other programs find them whatever the language and the layout.

`score` is one cell of the workbook, `verdict_5_1_1_1` that of an indicator; docs/REPORT.md lists them all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

# The result. `SCORE` is empty while it is a range; the bounds are empty only when nothing applies.
SCORE: Final = "score"
LEVEL: Final = "level"
SCORE_LOWER: Final = "score_lower"
SCORE_UPPER: Final = "score_upper"
# How many special deductions there are, and the points of the bonus.
SPECIAL_DEDUCTIONS: Final = "special_deductions"
BONUS: Final = "bonus"
RESULT: Final = (SCORE, LEVEL, SCORE_LOWER, SCORE_UPPER, SPECIAL_DEDUCTIONS, BONUS)

# What the recalculation finds, and the sentence that says whether it agrees with the scoring sheet.
RECALCULATED_SCORE: Final = "recalculated_score"
RECALCULATED_LEVEL: Final = "recalculated_level"
RECALCULATION: Final = "recalculation"
PROOF: Final = (RECALCULATED_SCORE, RECALCULATED_LEVEL, RECALCULATION)

# Which audit it is, and by which pack.
AUDIT_NUMBER: Final = "audit_number"
COMPANY_NAME: Final = "company_name"
PACK_ID: Final = "pack_id"
PACK_VERSION: Final = "pack_version"
REPORT_LANGUAGE: Final = "report_language"
MADE_ON: Final = "made_on"
IDENTITY: Final = (AUDIT_NUMBER, COMPANY_NAME, PACK_ID, PACK_VERSION, REPORT_LANGUAGE, MADE_ON)

# When and by whom the audit was finalised. The first says in words that it is not, in older reports with `-`; both are
# empty where nobody knows.
FINALISED_AT: Final = "finalised_at"
FINALISED_BY: Final = "finalised_by"
SEALING: Final = (FINALISED_AT, FINALISED_BY)

# The words that a verdict cell may hold, in the order of `Verdict`, and those of the levels, fail first: ranges.
VERDICTS: Final = "verdicts"
LEVELS: Final = "levels"

# Kinds that a clause has a cell of; the last three also without a clause, for the whole sheet.
VERDICT: Final = "verdict"
CHECKED: Final = "checked"
FAILED: Final = "failed"
POINTS: Final = "points"
EARNED: Final = "earned"
APPLICABLE: Final = "applicable"
OF_INDICATORS: Final = (VERDICT, CHECKED, FAILED, POINTS, EARNED, APPLICABLE)
OF_GROUPS: Final = (POINTS, EARNED, APPLICABLE)
OF_CHAPTERS: Final = OF_GROUPS
OF_ALL: Final = OF_GROUPS

# Excel takes no longer name.
LONGEST: Final = 255
_OTHER = re.compile(r"[^a-z0-9]")


def name_of(kind: str, clause: str = "") -> str:
    """Return the name of a cell: `name_of(VERDICT, "5.1.1.1")` is `verdict_5_1_1_1`, `name_of(SCORE)` is `score`.

    Dots become underscores. What else a clause of a pack may hold, capitals too since names ignore case, becomes its
    number between dots; no two clauses share a name, and no name looks like a cell.
    """
    if not clause:
        return kind
    name = f"{kind}_{_OTHER.sub(_spelled, clause)}"
    return name if len(name) <= LONGEST else f"{kind}_.{sha256(clause.encode()).hexdigest()}"


def _spelled(found: re.Match[str]) -> str:
    return "_" if found[0] == "." else f".{ord(found[0]):x}."


def define(workbook: Workbook, cells: Mapping[str, str]) -> None:
    """Give cells or ranges their names in the whole workbook; `cells` holds absolute references by name."""
    for name, reference in cells.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=reference)
