"""The standard packs that ship with the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from auditor_app.models.audit import StandardRef
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.standard import Standard, parse_standard

DEFAULT = StandardRef("gbt27922-2011", "1")


def shipped_standard(ref: StandardRef) -> Standard | None:
    """Return the pack with this id and version, None when the program has no such pack."""
    return _shipped().get(ref)


def default_standard() -> Standard:
    """Return the pack that a new audit is scored with."""
    return _shipped()[DEFAULT]


def shipped_by_hash(content_hash: str) -> Standard | None:
    """Return the shipped pack with this content hash, None when the program has no such pack."""
    return next((pack for pack in _shipped().values() if pack.content_hash == content_hash), None)


@cache
def _shipped() -> Mapping[StandardRef, Standard]:
    files = sorted((RESOURCES / "standards").glob("*.json"))
    packs = [parse_standard(file.read_text("utf-8")) for file in files]
    return {StandardRef(pack.id, pack.version): pack for pack in packs}
