"""Packs of any number of indicators, made of the shipped ones under clauses of their own."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import cycle
from typing import Any

from auditor_app.models.standard import Standard, parse_standard
from tests.builders import raw_pack


def pack_of(indicators: int) -> Standard:
    """Return a pack of so many indicators: the groups of the shipped one over and over, the last one cut short."""
    raw = raw_pack()
    sources = cycle([(place, group) for place, chapter in enumerate(raw["chapters"]) for group in chapter["groups"]])
    chapters = [{**chapter, "groups": []} for chapter in raw["chapters"]]
    left = indicators
    while left:
        place, group = next(sources)
        made = _group(group, f"{chapters[place]['clause']}.{len(chapters[place]['groups']) + 1}", left)
        chapters[place]["groups"].append(made)
        left -= len(made["indicators"])
    for chapter in chapters:
        chapter["points"] = _sum(chapter["groups"])
    raw |= {"chapters": chapters, "guidance": {}, "id": f"gbt27922-of-{indicators}"}
    return parse_standard(json.dumps(raw))


def _group(group: dict[str, Any], clause: str, most: int) -> dict[str, Any]:
    indicators = [
        {**indicator, "clause": f"{clause}.{number}"} for number, indicator in enumerate(group["indicators"][:most], 1)
    ]
    return {**group, "clause": clause, "indicators": indicators, "points": _sum(indicators)}


def _sum(nodes: list[dict[str, Any]]) -> str:
    return str(sum(Fraction(node["points"]) for node in nodes))
