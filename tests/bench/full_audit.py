"""A library whose audits are as full as one gets: hundreds of listed samples and of pictures, with thumbnails."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageChops

from auditor_app import evidence, files
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Assessment, Evidence, Sample
from auditor_app.models.enums import EvidenceSubject, SampleResult, Verdict
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.samples import counts
from auditor_app.models.standard import Standard
from auditor_app.session.thumbnails import PIXELS
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import Library

SAMPLES, PICTURES = 400, 300
SIZE = (640, 480)
# One sample of so many deviates (fewer in every further audit); one picture of so many is on a sample.
DEVIATES, ON_SAMPLE = 10, 3


def make_full_library(folder: Path, audits: int = 1) -> list[AuditId]:
    """Make a library of full audits with the same pictures and different scores, and return their ids."""
    standard, sample = files.read_audit(files.SAMPLE)
    with closing(Library(folder, "bench")) as library:
        pictures = _store_pictures(folder)
        made = [_full(standard, sample, pictures, DEVIATES + number) for number in range(audits)]
        for audit in made:
            library.add(audit, standard)
    return [audit.id for audit in made]


def _store_pictures(folder: Path) -> list[Evidence]:
    """Take pictures into the store, their thumbnails into the cache, and return them as evidence of nothing yet."""
    store, cache = EvidenceStore(folder), folder / files.THUMBNAILS
    cache.mkdir(parents=True)
    scene = Image.merge("RGB", [Image.effect_noise((40, 30), 120).resize(SIZE) for _ in range(3)])
    found = []
    for number in range(PICTURES):
        file = BytesIO()
        ImageChops.offset(scene, 7 * number, 3 * number).save(file, "JPEG")
        facts = evidence.take(store, file.getvalue())
        (cache / f"{facts.sha256}.jpg").write_bytes(evidence.thumbnail(store.path(facts.sha256), PIXELS))
        row = Evidence(EvidenceSubject.INDICATOR, "", facts.sha256, f"IMG_{number:04d}.JPG", facts.media_type)
        found.append(replace(row, size=facts.size))
    return found


def _full(standard: Standard, sample: Audit, pictures: list[Evidence], deviates: int) -> Audit:
    """Return the sample audit with samples listed for every indicator that may be sampled, and pictures everywhere."""
    samples = _samples(standard, deviates)
    assessments = dict(sample.of(Kind.ASSESSMENT))
    for clause in dict.fromkeys(row.clause for row in samples.values()):
        checked, failed = counts(row for row in samples.values() if row.clause == clause)
        assessments[RowId(clause)] = Assessment(clause, Verdict.SAMPLED, checked, failed)
    placed = _placed(pictures, standard, list(samples))
    rows = {**sample.rows, Kind.ASSESSMENT: assessments, Kind.SAMPLE: samples, Kind.EVIDENCE: placed}
    return replace(sample, id=AuditId(new_id()), rows=rows)


def _samples(standard: Standard, deviates: int) -> dict[RowId, Sample]:
    sampled = cycle(clause for clause, indicator in standard.indicators.items() if indicator.sampled)
    results = cycle([SampleResult.CONFORMS] * (deviates - 1) + [SampleResult.DEVIATES])
    return {
        RowId(new_id()): Sample(next(sampled), f"work order {number}", result=next(results))
        for number in range(SAMPLES)
    }


def _placed(pictures: list[Evidence], standard: Standard, samples: list[RowId]) -> dict[RowId, Evidence]:
    """Return the pictures as evidence on the indicators and samples, one after another."""
    indicators, listed = cycle(standard.indicators), cycle(samples)
    placed: dict[RowId, Evidence] = {}
    for number, picture in enumerate(pictures):
        if number % ON_SAMPLE:
            placed[RowId(new_id())] = replace(picture, subject=next(indicators))
        else:
            placed[RowId(new_id())] = replace(picture, subject_kind=EvidenceSubject.SAMPLE, subject=next(listed))
    return placed
