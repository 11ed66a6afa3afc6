"""What goes where in a form, what nobody knows, and what changed since it was filled last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor_app.forms.catalogue import Fields
from auditor_app.forms.mapping import Body
from auditor_app.forms.names import Reference, key_of
from auditor_app.forms.remarks import remarks
from auditor_app.forms.scan import Form, Place, Where
from auditor_app.forms.values import NOTHING, Value, text
from auditor_app.models.forms import Choice, Choices, FormPreview, Placeholder, PlaceholderState

LONGEST_SHOWN = 200


@dataclass(frozen=True)
class Meaning:
    """What a placeholder stands for: a field, or a text of its own."""

    state: PlaceholderState
    reference: Reference | None = None
    fixed: str = ""

    @property
    def says_something(self) -> bool:
        """Say whether there is a field or a text to write; its value may still be empty."""
        return self.state not in (PlaceholderState.EMPTY, PlaceholderState.UNKNOWN)

    @property
    def list(self) -> str:
        """Return the list whose every row is wanted, empty for none."""
        return self.reference.list if self.reference and self.reference.item is None else ""

    def value(self, fields: Fields, row: int = 0) -> Value:
        """Return what to write."""
        if self.reference is None:
            return text(self.fixed) if self.fixed else NOTHING
        return fields.value(self.reference, row)

    def whole(self, fields: Fields) -> Value:
        """Return what to write where there is room for one value only."""
        return self.value(fields) if self.reference is None else fields.whole(self.reference)


def meaning(key: str, fields: Fields, choices: Choices) -> Meaning:
    """Return what a placeholder or defined name stands for: as a person decided, else by its name."""
    choice = choices.get(key)
    if choice is not None:
        return _decided(choice, fields)
    reference = fields.reference(key)
    if reference is None:
        # Written as a defined name must be, with underscores alone.
        named = fields.named(key)
        reference = fields.reference(named) if named is not None else None
    return Meaning(PlaceholderState.KNOWN if reference else PlaceholderState.UNKNOWN, reference)


def _decided(choice: Choice, fields: Fields) -> Meaning:
    if not choice.field:
        return Meaning(PlaceholderState.FIXED if choice.text else PlaceholderState.EMPTY, fixed=choice.text)
    reference = fields.reference(key_of(choice.field))
    # A field that this program no longer has, or a clause that this standard has not.
    return Meaning(PlaceholderState.MAPPED if reference else PlaceholderState.UNKNOWN, reference)


def wanted_places(form: Form, fields: Fields, choices: Choices) -> list[Place]:
    """Return all places to be filled: of defined names those that name a field, were decided about, or are empty."""
    return [*form.places, *(name for name in form.names if _is_wanted(form, name, fields, choices))]


def _is_wanted(form: Form, name: Place, fields: Fields, choices: Choices) -> bool:
    if name.key in choices or fields.named(name.key):
        return True
    cell = form.grids[name.sheet.part].cell(name.row, name.column)
    return cell is None or (cell.child("v") is None and cell.child("is") is None)


def previewed(form: Form, fields: Fields, choices: Choices, body: Body | None) -> FormPreview:
    """Return what goes where; `body` is what is remembered of whose form it is, None for a new one."""
    places = wanted_places(form, fields, choices)
    by_key: dict[str, list[Place]] = {}
    for place in places:
        by_key.setdefault(place.key, []).append(place)
    seen = set(body.seen) if body is not None and body.seen else None
    placeholders = tuple(
        _placeholder(key, found, fields, choices, seen is not None and key not in seen) for key, found in by_key.items()
    )
    lost = tuple(key for key in body.seen if key not in by_key) if body is not None else ()
    grows = any(each.rows and each.rows > 1 for each in placeholders)
    return FormPreview(placeholders, tuple(remarks(form, grows=grows)), lost)


def _placeholder(key: str, places: list[Place], fields: Fields, choices: Choices, is_new: bool) -> Placeholder:
    found = meaning(key, fields, choices)
    rows = fields.rows(found.reference) if found.reference else None
    shown = " ".join(found.whole(fields).text[: LONGEST_SHOWN * 2].split())
    return Placeholder(
        key=key,
        written=places[0].written,
        places=tuple(place.shown for place in places),
        state=found.state,
        field=name_of(found.reference),
        preview=shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…",
        rows=rows,
        is_new=is_new and places[0].where is not Where.NAME,
    )


def name_of(reference: Reference | None) -> str:
    """Return the name of the field a placeholder stands for, as people choose it."""
    if reference is None:
        return ""
    listed = f"{reference.list}[{reference.item or ''}]." if reference.list else ""
    part = f".{reference.part}" if reference.part else ""
    equals = f"={reference.equals}" if reference.equals is not None else ""
    return f"{listed}{reference.field}{part}{equals}"


def meanings(form: Form, fields: Fields, choices: Choices) -> Mapping[str, Meaning]:
    """Return what every placeholder of a form stands for, by key."""
    return {place.key: meaning(place.key, fields, choices) for place in wanted_places(form, fields, choices)}
