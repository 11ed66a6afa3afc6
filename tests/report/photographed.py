"""An audit with photos of every shape in a library's folder, one cut short and one whose content is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from auditor_app import files
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.evidence import CLOSING, OPENING
from auditor_app.models.standard import Standard
from auditor_app.storage.evidence_store import EvidenceStore
from tests.builders import with_rows
from tests.pictures.photos import camera_exif

SIZES = ((1200, 900), (900, 1200), (1600, 500), (400, 1400), (640, 640), (48, 32))
MARKS = ("box 2000 2000 6000 7000", "arrow 9000 9000 6200 7200")
PHOTOS = 12
CUT, ELSEWHERE, SCAN = 5, 9, 13
TAKEN = "2026-03-02T09:14:05"
EMU_A_PIXEL, EMU_A_POINT = 9525, 12_700


def photographed(library: Path) -> tuple[Standard, Audit]:
    """Return the pump maker's audit with 12 photos and a scan, their content in the folder of a library.

    Photo 5 is cut short, that of photo 9 is missing; number 13 is a PDF.
    """
    standard, audit = files.read_audit(files.SAMPLE)
    store, subjects = EvidenceStore(library), _subjects(audit)
    for number in range(1, PHOTOS + 1):
        content = photo(number)
        stored = store.add_bytes(content[: len(content) // 2] if number == CUT else content)
        if number == ELSEWHERE:
            store.path(stored.sha256).unlink()
        row = Evidence(
            *subjects[number % len(subjects)],
            stored.sha256,
            name=f"IMG_{number:04d}.JPG",
            media_type="image/jpeg",
            size=stored.size,
            taken_at=TAKEN,
            caption=f"照片 {number}：现场拍摄",
            rotation=90 * (number % 4),
            marks=MARKS if number % 2 else (),
        )
        audit = with_rows(audit, (Kind.EVIDENCE, f"evidence-{number:02d}", row))
    return standard, with_rows(audit, (Kind.EVIDENCE, f"evidence-{SCAN}", _scan(store)))


def photo(number: int) -> bytes:
    """Return a photo as a phone stores it: held in one of eight ways, with time and place."""
    width, height = SIZES[number % len(SIZES)]
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 5, height // 5, width * 3 // 5, height * 7 // 10), fill=(40, 90 + 10 * number, 160))
    draw.line((0, 0, width, height), fill=(200, 160, 40), width=max(1, width // 60))
    file = BytesIO()
    image.save(file, "JPEG", exif=camera_exif(1 + number % 8))
    return file.getvalue()


def _subjects(audit: Audit) -> list[tuple[EvidenceSubject, str]]:
    samples, findings = list(audit.of(Kind.SAMPLE)), list(audit.of(Kind.FINDING))
    return [
        (EvidenceSubject.INDICATOR, "5.1.1.1"),
        (EvidenceSubject.INDICATOR, "5.1.1.2"),
        (EvidenceSubject.SAMPLE, samples[2]),
        (EvidenceSubject.SAMPLE, samples[17]),
        (EvidenceSubject.DOCUMENT, "D3"),
        (EvidenceSubject.FINDING, findings[0]),
        (EvidenceSubject.MEETING, OPENING),
        (EvidenceSubject.MEETING, CLOSING),
    ]


def _scan(store: EvidenceStore) -> Evidence:
    stored = store.add_bytes(b"%PDF-1.4 the licence, scanned")
    about = EvidenceSubject.DOCUMENT, "D2"
    return Evidence(*about, stored.sha256, "执照.pdf", "application/pdf", stored.size, caption="营业执照副本")


def sha256_of(number: int) -> str:
    """Return the sha256 of a photo that is stored whole."""
    return sha256(photo(number)).hexdigest()


@dataclass(frozen=True)
class Placed:
    """A picture in a sheet: its cell, where it ends right of and below the corner of that cell, and what is shown.

    `right` is in pixels, `bottom` in points.
    """

    row: int
    column: int
    right: float
    bottom: float
    shape: float
    content: bytes


def placed_in(sheet: Any) -> list[Placed]:
    """Return the pictures of a sheet that openpyxl has read."""
    return [_placed(image) for image in sheet._images]


def _placed(image: Any) -> Placed:
    corner, size = image.anchor._from, image.anchor.ext
    return Placed(
        row=corner.row + 1,
        column=corner.col + 1,
        right=(corner.colOff + size.width) / EMU_A_PIXEL,
        bottom=(corner.rowOff + size.height) / EMU_A_POINT,
        shape=size.width / size.height,
        content=image.ref.getvalue(),
    )
