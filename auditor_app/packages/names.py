"""Names of files and folders that every system takes and no two of which meet."""

from __future__ import annotations

import re
from pathlib import PurePath

from auditor_app.models.text import clean_line

LONGEST_STEM, LONGEST_FOLDER = 48, 48
MOST_BYTES = 180
"""Of a name in UTF-8: Linux takes 255, encrypted folders about 140 characters of it."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')
ENDINGS = {
    "application/pdf": ".pdf",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/heif": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
}
"""What the names of files end in, for content that never had a name, such as a pasted picture."""
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def safe_text(text: str, longest: int) -> str:
    """Return text as part of a name: nothing a system refuses, not too long, no dot or space at its end."""
    kept = _NOT_IN_NAMES.sub("_", clean_line(text))[:longest]
    while len(kept.encode()) > MOST_BYTES:
        kept = kept[:-1]
    return kept.strip("._ ")


def file_name(number: str, name: str, suffix: str | None = None) -> str:
    """Return `E01_IMG_2031.jpg`: the number keeps names apart, whatever their case, and from being reserved ones."""
    known = suffix_of(name)
    whole = PurePath(clean_line(name).replace("\\", "/")).name
    # What follows a dot may be a part of the name, as in "v1.2 final".
    stem = safe_text(whole[: len(whole) - len(known)], LONGEST_STEM)
    ending = known if suffix is None else suffix
    return f"{number}_{stem}{ending}" if stem else f"{number}{ending}"


def folder_name(clause: str, title: str) -> str:
    """Return `5.1.1.1 title`, apart from every other by its clause."""
    return f"{clause} {safe_text(title, LONGEST_FOLDER)}".strip()


def suffix_of(name: str) -> str:
    """Return the ending of a file's name in small letters, empty when it is none that systems know."""
    suffix = PurePath(clean_line(name)).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""
