"""The sentences that the score board and the explanation of the level share."""

from __future__ import annotations

from auditor_app.models.board import LevelDistance, LevelStanding, TooManyDeductions, WayUp
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.scoring import ScoreResult, shown, shown_up


def way_sentences(words: Catalogue, way: WayUp | TooManyDeductions) -> tuple[str, ...]:
    """Return the cheapest way in words; the losses to regain are listed below them."""
    if isinstance(way, TooManyDeductions):
        return (words.text("board", "way_too_many", count=way.count, limit=way.limit),)
    said = [words.text("board", "way_missing", level=words.word(way.level), points=shown_up(way.missing))]
    if way.from_open:
        count, most = len(way.open_clauses), shown(way.open_points)
        if way.regained:
            said.append(words.text("board", "way_open", points=most, count=count))
        else:
            said.append(words.text("board", "way_open_only", points=shown_up(way.from_open), count=count, most=most))
    if way.regained:
        said.append(words.text("board", "way_regain_also" if way.from_open else "way_regain"))
    return tuple(said)


def no_way(words: Catalogue, result: ScoreResult) -> str:
    """Say why no way leads to a higher level: the highest is reached, or every loss regained is not enough."""
    if result.to_next is None:
        return words.text("board", "way_top")
    return words.text("board", "way_none", level=words.word(result.to_next.level))


def distance_text(words: Catalogue, result: ScoreResult, distance: LevelDistance) -> str:
    """Return how far a level is in words."""
    if distance.points is None:
        return words.word(distance.standing)
    match distance.standing:
        case LevelStanding.REACHED:
            return words.text("board", "above", points=shown(distance.points))
        case LevelStanding.TO_EARN:
            return words.text("board", "to_earn", points=shown_up(distance.points))
        case LevelStanding.OUT_OF_REACH:
            key = "short" if result.exact is not None else "short_at_best"
            return words.text("board", key, points=shown_up(distance.points))


def room_text(words: Catalogue, result: ScoreResult) -> str:
    """Return how much may still be lost before the best level possible falls, empty when no level can fall."""
    if result.room is None:
        return ""
    key = "room" if result.level is not None else "room_open"
    return words.text("board", key, points=shown(result.room.points), level=words.word(result.room.level))
