"""Values of the domain as SQLite columns and as JSON of the history, and back."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from auditor_app.models.audit import ENTITY_TYPES, Kind
from auditor_app.models.fields import Field, build, fields_of, value_at

# Kept, for `json.dumps` makes an encoder anew for each value.
_json = json.JSONEncoder(ensure_ascii=False).encode


def to_column(value: Any) -> Any:
    """Return a domain value as SQLite stores it: text, integer or NULL."""
    match value:
        case bool():
            return int(value)
        case StrEnum():
            return value.value
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return _json([to_column(item) for item in value])
        case _:
            return value


@cache
def reader(kind_of_value: Any) -> Callable[[Any], Any]:
    """Return what turns a stored column that is not NULL into its domain value."""
    plain = _without_none(kind_of_value)
    if typing.get_origin(plain) is tuple:
        item = reader(typing.get_args(plain)[0])
        return lambda stored: tuple(map(item, json.loads(stored)))
    if plain is date:
        return date.fromisoformat
    return _as_it_is if plain in (str, int) else typing.cast(Callable[[Any], Any], plain)


def _as_it_is(stored: Any) -> Any:
    return stored


def row_columns(kind: Kind, row: Any) -> list[Any]:
    """Return the stored values of a row in the order of `column_names`."""
    return [to_column(value_at(row, field.path)) for field in fields_of(ENTITY_TYPES[kind])]


@cache
def column_names(kind: Kind) -> tuple[str, ...]:
    """Return the value columns of a kind's table, in the order of the entity's fields."""
    return tuple(field.column for field in fields_of(ENTITY_TYPES[kind]))


def row_from_columns(kind: Kind, stored: tuple[Any, ...]) -> Any:
    """Return the entity of a stored row."""
    values = {
        path: None if value is None else read(value)
        for (path, read), value in zip(_row_readers(kind), stored, strict=True)
    }
    return build(ENTITY_TYPES[kind], values)


@cache
def _row_readers(kind: Kind) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return tuple((field.path, reader(field.type)) for field in fields_of(ENTITY_TYPES[kind]))


@cache
def field_at(kind: Kind, path: str) -> Field:
    """Return the field of a kind by its dotted path."""
    return next(field for field in fields_of(ENTITY_TYPES[kind]) if field.path == path)


def history_json(kind: Kind, field: str, value: Any) -> str | None:
    """Return a change's value for the history: a JSON value, or an object of columns for a whole row."""
    if not field:
        if value is None:
            return None
        return _json(dict(zip(column_names(kind), row_columns(kind, value), strict=True)))
    return _json(to_column(value))


@cache
def _without_none(hint: Any) -> Any:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint
