"""What is known of a picture before it is decoded, and what kind of content a file has."""

from __future__ import annotations

from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path

from PIL import Image

from auditor_app.pictures.exif import Exif
from auditor_app.pictures.reading import PictureProblem, opened

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
_PDF_HEAD = b"%PDF-"
# Readers of PDF look for its head this far into the file.
_PDF_REACH = 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MORE_TYPES = {
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".ofd": "application/ofd",
    ".wps": "application/vnd.ms-works",
    ".m4a": "audio/mp4",
    ".amr": "audio/amr",
}
# A table of its own: the shared one reads files and settings of the system, which differ between laptops.
_TYPES = MimeTypes()
for _ending, _type in _MORE_TYPES.items():
    _TYPES.add_type(_type, _ending)


@dataclass(frozen=True)
class PictureFacts:
    """A picture by its header: size in pixels when upright, time and place as the camera wrote them."""

    format: str
    media_type: str
    width: int
    height: int
    taken_at: str | None
    location: tuple[float, float] | None


def inspect(path: Path) -> PictureFacts | None:
    """Return the facts of a picture, None for any other file.

    Raises `PictureProblem` when the file is missing or cannot be read. A picture whose facts can be read may still
    turn out damaged or too large once it is decoded.
    """
    try:
        with opened(path) as image:
            return _facts(image)
    except PictureProblem as problem:
        if problem.code != "not_a_picture":
            raise
        return None


def media_type_of(path: Path, name: str = "") -> str:
    """Return the media type: of pictures and PDF by content, of others by the ending of `name` or the path.

    Raises `PictureProblem` as `inspect` does.
    """
    facts = inspect(path)
    if facts is not None:
        return facts.media_type
    if _PDF_HEAD in _head(path):
        return PDF
    guessed = _TYPES.guess_type(f"file{Path(name or path.name).suffix}")[0] or UNKNOWN
    # The content has said already that it is neither.
    return UNKNOWN if guessed == PDF or guessed.startswith("image/") else guessed


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_PDF_REACH)
    except OSError as error:
        raise PictureProblem("unreadable", reason=error.strerror) from error


def _facts(image: Image.Image) -> PictureFacts:
    exif = Exif(image)
    width, height = image.size
    # A phone's JPEG may hold further pictures; to everyone else it is a JPEG.
    name = "JPEG" if image.format == "MPO" else str(image.format)
    return PictureFacts(
        format=name,
        media_type=Image.MIME[name],
        width=height if exif.is_lying else width,
        height=width if exif.is_lying else height,
        taken_at=exif.taken_at,
        location=exif.location,
    )
