"""What is known of a file once its content is stored."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredFacts:
    """A stored file as evidence describes it: size in bytes, `taken_at` local time as the camera wrote it.

    `name` is empty for a pasted picture.
    """

    sha256: str
    size: int
    name: str
    media_type: str
    taken_at: str | None
