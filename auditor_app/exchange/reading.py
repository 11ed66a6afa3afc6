"""JSON that somebody else wrote, read into frozen dataclasses; every refusal names the exact path.

The types of the dataclasses are the only description of what is allowed. The standard library parses, because
it tells line and column and shows repeated names, which must not pass unseen: the last one would win.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from auditor_app.exchange.problems import FileProblem, shown
from auditor_app.models.errors import ValidationError
from auditor_app.models.text import clean, clean_line

LARGEST_FILE = 64 * 2**20  # bytes
MOST_VALUES = 250_000
"""Values of a file, so that reading and storing it takes seconds and not minutes."""
MOST_ROWS = 10_000
"""Items of one list."""
# Every other text is one line.
MULTI_LINE = frozenset(
    {
        *("products", "scope", "override_reason", "remark", "reason", "note"),
        *("facts", "correction", "cause", "measure"),
    }
)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,4})?")
_PLAIN_NAME = re.compile(r"\w{1,60}")


class JsonObject(dict[str, Any]):
    """A JSON object that remembers a name it held more than once."""

    repeated: str | None = None


def parse(data: bytes) -> object:
    """Return the JSON value of a file.

    Raises `FileProblem` for text that is too large, holds too much, is not UTF-8, not JSON, cut off or too deep.
    """
    if len(data) > LARGEST_FILE:
        raise FileProblem("", "too_large_file", most=LARGEST_FILE // 2**20)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblem("", "not_utf8", byte=error.start + 1) from error
    if not text.strip():
        raise FileProblem("", "empty_file")
    # Commas in texts count too: nobody writes that many.
    if text.count(",") > MOST_VALUES:
        raise FileProblem("", "too_many_values")
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        code = "cut_off" if _is_cut_off(text, error.pos) else "not_json"
        raise FileProblem("", code, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise FileProblem("", "too_deep") from error
    except ValueError as error:  # Python refuses to convert thousands of digits.
        raise FileProblem("", "number_too_long") from error


def read(raw: object, hint: Any, path: str) -> Any:
    """Return a JSON value as the type `hint`: a dataclass, tuple, enum or plain type, or None too.

    Raises `ValidationError` with the path of the first value that does not fit.
    """
    if isinstance(hint, types.UnionType):
        return None if raw is None else read(raw, typing.get_args(hint)[0], path)
    if dataclasses.is_dataclass(hint):
        return _read_object(raw, hint, path)
    if typing.get_origin(hint) is tuple:
        return _read_list(raw, typing.get_args(hint)[0], path)
    if issubclass(hint, StrEnum):
        return _read_word(raw, hint, path)
    return _PLAIN[hint](raw, path)


def join(path: str, name: str) -> str:
    """Return the path of a field of the object at `path`."""
    name = name if _PLAIN_NAME.fullmatch(name) else f'"{shown(name)}"'
    return f"{path}.{name}" if path else name


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    result = JsonObject()
    for name, value in pairs:
        if name in result:
            result.repeated = name
        result[name] = value
    return result


def _is_cut_off(text: str, position: int) -> bool:
    text = text.strip()
    return text.startswith("{") and (position >= len(text) or not text.endswith("}"))


@cache
def _members(kind: Any) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return the type of every field of a dataclass by name, and the names without a default."""
    required = tuple(
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )
    return typing.get_type_hints(kind), required


def _read_object(raw: object, kind: Any, path: str) -> Any:
    if not isinstance(raw, JsonObject):
        raise FileProblem(path, "not_an_object")
    if raw.repeated is not None:
        raise FileProblem(join(path, raw.repeated), "repeated_field")
    hints, required = _members(kind)
    for name in raw:
        if name not in hints:
            raise FileProblem(join(path, name), "unknown_field")
    for name in required:
        if name not in raw:
            raise FileProblem(join(path, name), "missing_field")
    return kind(**{name: read(value, hints[name], join(path, name)) for name, value in raw.items()})


def _read_list(raw: object, kind: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise FileProblem(path, "not_a_list")
    if len(raw) > MOST_ROWS:
        raise FileProblem(path, "too_many_rows_in_file", most=MOST_ROWS)
    return tuple(read(item, kind, f"{path}[{index}]") for index, item in enumerate(raw))


def _read_word(raw: object, kind: type[StrEnum], path: str) -> StrEnum:
    for word in kind:
        if word == raw:
            return word
    raise FileProblem(path, "not_one_of", words=", ".join(kind), value=shown(raw))


def _read_text(raw: object, path: str) -> str:
    if not isinstance(raw, str):
        raise FileProblem(path, "not_text")
    return clean(raw) if path.rpartition(".")[2] in MULTI_LINE else clean_line(raw)


def _read_flag(raw: object, path: str) -> bool:
    if not isinstance(raw, bool):
        raise FileProblem(path, "not_a_flag")
    return raw


def _read_count(raw: object, path: str) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise FileProblem(path, "not_whole")
    return raw


def _read_amount(raw: object, path: str) -> Decimal:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    if not isinstance(raw, str) or not _AMOUNT.fullmatch(raw.strip()):
        raise FileProblem(path, "not_decimal")
    return Decimal(raw.strip())


def _read_date(raw: object, path: str) -> date:
    if not isinstance(raw, str) or not _DAY.fullmatch(raw.strip()):
        raise ValidationError(path, "not_a_date", value=shown(raw))
    try:
        return date.fromisoformat(raw.strip())
    except ValueError as error:
        raise ValidationError(path, "no_such_date", value=shown(raw)) from error


_PLAIN: Mapping[type, Callable[[object, str], object]] = {
    str: _read_text,
    bool: _read_flag,
    int: _read_count,
    Decimal: _read_amount,
    date: _read_date,
}
