"""What is remembered of the forms of each body: what their placeholders stand for, and which ones there were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor_app.forms.problems import FormProblem
from auditor_app.models.forms import Choice, Choices
from auditor_app.models.text import clean_line

FORMAT = "auditor-workbench.forms"
LARGEST = 4_000_000
MOST_BODIES = 500
MOST_CHOICES = 20_000
LONGEST_NAME = 80
ALIKE = 0.5
"""Share of placeholders two forms must have in common to be taken for versions of one."""


@dataclass(frozen=True)
class Body:
    """One body: what was decided by hand, and the placeholders its form had when it was filled last."""

    choices: Choices = field(default_factory=dict)
    seen: tuple[str, ...] = ()


Bodies = Mapping[str, Body]
"""By name, the one used last at the end."""


def read(data: bytes) -> Bodies:
    """Return what is remembered; raises `FormProblem` for content that is none of ours."""
    if len(data) > LARGEST:
        raise FormProblem("memory_unreadable")
    try:
        raw = json.loads(data.decode("utf-8"))
        if raw["format"] != FORMAT:
            raise ValueError
        if raw["version"] > 1:
            raise FormProblem("memory_newer")
        return {_text(name): _body(value) for name, value in raw["bodies"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise FormProblem("memory_unreadable") from error


def written(bodies: Bodies) -> bytes:
    """Return what is remembered as the content of a file."""
    raw = {
        name: {
            "choices": {key: _raw(choice) for key, choice in body.choices.items()},
            "placeholders": list(body.seen),
        }
        for name, body in bodies.items()
    }
    document = {"format": FORMAT, "version": 1, "bodies": raw}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def with_body(bodies: Bodies, name: str, choices: Choices, keys: Iterable[str] | None) -> Bodies:
    """Return what is remembered with these choices, all that hold for a body.

    `keys` are the placeholders of its form that was filled, None when none was: those of the last time stay then. The
    body used longest ago is forgotten when there are too many.
    """
    name = body_name(name)
    others = {other: body for other, body in bodies.items() if other != name}
    for oldest in list(others)[: max(len(others) + 1 - MOST_BODIES, 0)]:
        del others[oldest]
    decided = dict(list(choices.items())[-MOST_CHOICES:])
    seen = bodies.get(name, Body()).seen if keys is None else tuple(dict.fromkeys(keys))
    return {**others, name: Body(decided, seen)}


def body_name(typed: str) -> str:
    """Return the name of a body on one line, not longer than a list can show."""
    return clean_line(typed)[:LONGEST_NAME].strip()


def body_of(bodies: Bodies, keys: Iterable[str]) -> str:
    """Return the body whose form these placeholders are most likely of, empty for none."""
    here = set(keys)
    best, best_share = "", ALIKE
    for name, body in bodies.items():
        seen = set(body.seen)
        share = len(here & seen) / len(here | seen) if seen else 0.0
        # Of two that fit equally well the one used later.
        if share >= best_share:
            best, best_share = name, share
    return best


def _body(raw: Mapping[str, object]) -> Body:
    choices, seen = raw["choices"], raw["placeholders"]
    if not isinstance(choices, dict) or not isinstance(seen, list):
        raise TypeError
    return Body({_text(key): _choice(value) for key, value in choices.items()}, tuple(map(_text, seen)))


def _choice(raw: Mapping[str, object]) -> Choice:
    return Choice(_text(raw.get("field", "")), _text(raw.get("text", "")))


def _raw(choice: Choice) -> dict[str, str]:
    return {"field": choice.field} if choice.field else {"text": choice.text}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
