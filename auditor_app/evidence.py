"""Evidence taken in and shown: the store and the pictures put together, for the window and the commands."""

from __future__ import annotations

from pathlib import Path

from auditor_app.models.stored import StoredFacts
from auditor_app.models.text import clean_line
from auditor_app.storage.evidence_store import EvidenceStore

# Pillow is imported where it is needed, so that the start does not wait for it.


def take(store: EvidenceStore, source: Path | bytes) -> StoredFacts:
    """Store a file, or the content of a pasted picture, and return what is known of it.

    Raises `EvidenceProblem` for what cannot be evidence, `EnvironmentProblem` when the disk refuses.
    """
    from auditor_app.pictures.facts import inspect, media_type_of

    name = clean_line(source.name) if isinstance(source, Path) else ""
    stored = store.add(source) if isinstance(source, Path) else store.add_bytes(source)
    path = store.path(stored.sha256)
    picture = inspect(path)
    return StoredFacts(
        sha256=stored.sha256,
        size=stored.size,
        name=name,
        media_type=picture.media_type if picture else media_type_of(path, name),
        taken_at=picture.taken_at if picture else None,
    )


def thumbnail(path: Path, pixels: int) -> bytes:
    """Return a JPEG of the upright picture, at most so many pixels an edge; raises `PictureProblem`."""
    from auditor_app.pictures import copies

    return copies.thumbnail(path, pixels)
