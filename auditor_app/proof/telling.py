"""What was found about a report, in sentences of the catalogue, for the commands and for the window."""

from __future__ import annotations

from datetime import datetime

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.enums import LEVELS
from auditor_app.models.scoring import score_parts
from auditor_app.models.text import clean_line
from auditor_app.proof.keys import PublicKey
from auditor_app.proof.rescoring import Disagreement, Rescored
from auditor_app.proof.verify import Answer, Change, ChangeKind, Content, Signed

MOST_CHANGES = 200
LONGEST_VALUE = 80
_SECTION = "proof"


def heading(answer: Answer, words: Catalogue) -> str:
    """Return the answer in one sentence."""
    if answer.content is Content.WHOLE and not answer.score_agrees:
        return words.text(_SECTION, "whole_but_score")
    return words.text(_SECTION, answer.content, count=len(answer.changes))


def sentences(answer: Answer, words: Catalogue, wanted: PublicKey | None = None) -> list[str]:
    """Return what is known of signature and score; `wanted` is the key that was given."""
    found = [words.text("other_file", answer.other)] if answer.other else []
    found.append(_about_signature(answer, words, wanted))
    if answer.content is Content.CHANGED and answer.signed in (Signed.BY_KEY, Signed.UNKNOWN_KEY):
        found.append(words.text(_SECTION, "signed_before"))
    return [*found, *_about_score(answer.rescored, words), *_about_sealing(answer, words)]


def changes(answer: Answer, words: Catalogue) -> list[tuple[str, str]]:
    """Return places with what changed there, the first of them when there are very many."""
    told = [(_place(change), _about_change(change, words)) for change in answer.changes[:MOST_CHANGES]]
    rest = len(answer.changes) - MOST_CHANGES
    return told if rest <= 0 else [*told, ("", words.text(_SECTION, "more", count=rest))]


def _about_signature(answer: Answer, words: Catalogue, wanted: PublicKey | None) -> str:
    return words.text(
        _SECTION,
        answer.signed,
        signer=_short(answer.signer) or "–",
        day=answer.signed_on or "–",
        fingerprint=answer.key.fingerprint if answer.key else "–",
        wanted=wanted.fingerprint if wanted else "–",
    )


def _about_sealing(answer: Answer, words: Catalogue) -> list[str]:
    if answer.sealing is None:
        return []
    at, who = map(_short, answer.sealing)
    if not at:
        return [words.text(_SECTION, "finalised_unknown")]
    if not who and not _is_moment(at):
        return [words.text(_SECTION, "not_finalised")]
    return [words.text(_SECTION, "finalised", at=at, who=who or "–")]


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _about_score(rescored: Rescored | None, words: Catalogue) -> list[str]:
    if rescored is None:
        return [words.text(_SECTION, "score_unread")]
    found = [_about_disagreement(disagreement, words) for disagreement in rescored.disagreements[:MOST_CHANGES]]
    if not found:
        points = " – ".join(score_parts(rescored.result)) or words.text(_SECTION, "no_score")
        levels = " / ".join(words.word(level) for level in rescored.result.reachable) or "–"
        found = [words.text(_SECTION, "score_same", score=points, level=levels)]
    return found if rescored.by_pack else [*found, words.text(_SECTION, "pack_unknown")]


def _about_disagreement(disagreement: Disagreement, words: Catalogue) -> str:
    expected = disagreement.expected
    for level in LEVELS:
        if level in expected.split(" – "):
            expected = " – ".join(words.word(level) if part == level else part for part in expected.split(" – "))
    place = f"{disagreement.sheet} {disagreement.cell}".strip() or disagreement.name
    return words.text(_SECTION, "disagrees", place=place, shown=_short(disagreement.shown) or "–", expected=expected)


def _about_change(change: Change, words: Catalogue) -> str:
    return words.text(_SECTION, change.kind, value=_short(change.value), sheet=_short(change.sheet))


def _place(change: Change) -> str:
    return change.value if change.kind is ChangeKind.NAME_CHANGED else f"{change.sheet} {change.cell}".strip()


def _short(text: str) -> str:
    """Return what others wrote short, on one line, and fit to be printed."""
    line = clean_line(text[: 2 * LONGEST_VALUE])
    return line if len(line) <= LONGEST_VALUE else f"{line[:LONGEST_VALUE]}…"
