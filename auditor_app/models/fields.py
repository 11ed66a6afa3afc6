"""Fields of entities by dotted path (`contact.phone`), so that one change, column or form field is one path."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

E = TypeVar("E")


@dataclass(frozen=True)
class Field:
    """One plain value of an entity: its dotted path and its type."""

    path: str
    type: Any

    @property
    def column(self) -> str:
        """Return the column that stores the field."""
        return self.path.replace(".", "_")


def fields_of(entity_type: type[Any]) -> tuple[Field, ...]:
    """Return the plain fields of an entity type, nested dataclasses flattened, in declaration order."""
    return _fields_of(cast(Hashable, entity_type))


@cache
def _fields_of(entity_type: Any) -> tuple[Field, ...]:
    return tuple(_walk(entity_type, ""))


@cache
def _hints(entity_type: Any) -> dict[str, Any]:
    return typing.get_type_hints(entity_type)


def _walk(entity_type: Any, prefix: str) -> list[Field]:
    hints = _hints(entity_type)
    found: list[Field] = []
    for item in dataclasses.fields(entity_type):
        path, hint = prefix + item.name, hints[item.name]
        found += _walk(hint, path + ".") if dataclasses.is_dataclass(hint) else [Field(path, hint)]
    return found


def value_at(entity: object, path: str) -> Any:
    """Return the value at a dotted path."""
    for name in path.split("."):
        entity = getattr(entity, name)
    return entity


def with_value(entity: E, path: str, value: object) -> E:
    """Return a copy of the entity with another value at a dotted path."""
    name, _, rest = path.partition(".")
    if rest:
        value = with_value(getattr(entity, name), rest, value)
    copy: E = dataclasses.replace(cast(Any, entity), **{name: value})
    return copy


def build(entity_type: type[E], values: dict[str, Any]) -> E:
    """Make an entity from values by dotted path; absent paths take their default."""
    nested: dict[str, dict[str, Any]] = {}
    arguments: dict[str, Any] = {}
    for path, value in values.items():
        name, _, rest = path.partition(".")
        if rest:
            nested.setdefault(name, {})[rest] = value
        else:
            arguments[name] = value
    for name, inner in nested.items():
        arguments[name] = build(_hints(cast(Hashable, entity_type))[name], inner)
    return entity_type(**arguments)
