"""Evidence is stored once, whole or not at all, and the file it came from stays as it was."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.storage.evidence_store import LARGEST, EvidenceProblem, EvidenceStore, StoredFile
from auditor_app.storage.fragments import new_fragment

MEGABYTE = 1024 * 1024
PHOTO = b"\xff\xd8 a photo of the spare parts store " * 1000
SHA256 = hashlib.sha256(PHOTO).hexdigest()
ON_UNIX = pytest.mark.skipif(os.name == "nt", reason="files of Unix")


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    """Give the store of an empty library."""
    return EvidenceStore(tmp_path / "library")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Give a photo on the camera's card."""
    path = tmp_path / "card" / "备件库.jpg"
    path.parent.mkdir()
    path.write_bytes(PHOTO)
    return path


def names_in(store: EvidenceStore) -> list[str]:
    return sorted(path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*") if path.is_file())


def refused(store: EvidenceStore, path: Path) -> str:
    """Add a file that is refused, check that nothing is left of it, and return why."""
    before = names_in(store)
    with pytest.raises(AuditorError) as told:
        store.add(path)
    assert names_in(store) == before
    for language in ("zh", "en"):
        assert path.name in Catalogue.load(language, "evidence").error(told.value)
    return told.value.code


def sparse(path: Path, size: int) -> Path:
    """Make a file of this size that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_photo_is_stored_under_its_sha256(store: EvidenceStore, photo: Path) -> None:
    assert store.add(photo) == StoredFile(SHA256, len(PHOTO))
    assert names_in(store) == [f"{SHA256[:2]}/{SHA256}"]
    assert store.path(SHA256).read_bytes() == PHOTO
    assert store.holds(SHA256)
    assert store.is_whole(SHA256)


def test_the_original_stays_as_it_was(store: EvidenceStore, photo: Path) -> None:
    photo.chmod(0o444)
    before = photo.stat()
    store.add(photo)
    after = photo.stat()
    assert photo.read_bytes() == PHOTO
    assert (after.st_mtime_ns, after.st_mode, after.st_ino) == (before.st_mtime_ns, before.st_mode, before.st_ino)


def test_the_same_photo_under_two_names_is_stored_once(store: EvidenceStore, photo: Path) -> None:
    first = store.add(photo)
    stored_at = store.path(SHA256).stat().st_mtime_ns
    copy = photo.rename(photo.with_name("IMG_0001.JPG"))
    assert store.add(copy) == first
    assert store.add_bytes(PHOTO) == first
    assert store.path(SHA256).stat().st_mtime_ns == stored_at
    assert len(names_in(store)) == 1


def test_a_pasted_screenshot_is_stored_like_a_file(store: EvidenceStore) -> None:
    assert store.add_bytes(PHOTO) == StoredFile(SHA256, len(PHOTO))
    assert store.path(SHA256).read_bytes() == PHOTO
    with pytest.raises(EvidenceProblem):
        store.add_bytes(b"")


def test_new_folders_outlast_a_power_cut_as_the_photo_does(
    store: EvidenceStore, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("auditor_app.storage.evidence_store.sync_folder", synced.append)
    store.add(photo)
    place = store.path(SHA256).parent
    assert synced == [store.folder.parent, store.folder, place]
    store.path(SHA256).unlink()
    store.add(photo)
    assert synced[3:] == [place]


@ON_UNIX
def test_only_the_person_at_the_laptop_may_read_what_is_stored(store: EvidenceStore, photo: Path) -> None:
    store.add(photo)
    assert store.path(SHA256).stat().st_mode & 0o777 == 0o600
    assert store.path(SHA256).parent.stat().st_mode & 0o777 == 0o700
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_what_is_no_file_is_refused(store: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert refused(store, tmp_path) == "is_a_folder"
    assert refused(store, tmp_path / "gone.jpg") == "no_such_file"
    assert refused(store, tmp_path / "empty.jpg") == "empty_file"
    assert refused(store, tmp_path / "empty.jpg" / "inside.jpg") == "no_such_file"
    assert not store.folder.exists()


@ON_UNIX
def test_pipes_and_devices_are_refused_without_waiting_for_them(store: EvidenceStore, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refused(store, tmp_path / "pipe.jpg") == "not_regular"
    assert refused(store, Path("/dev/zero")) == "not_regular"


def test_a_file_whose_reading_fails_leaves_nothing(store: EvidenceStore) -> None:
    """A switch of the system stands in for a card that fails: it has a size and opens, and cannot be read."""
    switch = Path("/sys/bus/cpu/drivers_probe")
    if not switch.exists():
        pytest.skip("needs a file that cannot be read")
    assert refused(store, switch) == "cannot_read_file"


def test_a_file_over_the_limit_is_refused_before_it_is_copied(store: EvidenceStore, tmp_path: Path) -> None:
    video = sparse(tmp_path / "video.mp4", LARGEST + 1)
    begun = time.perf_counter()
    assert refused(store, video) == "too_large_file"
    assert time.perf_counter() - begun < 0.5


def test_a_file_that_grows_over_the_limit_while_it_is_copied_is_refused(
    store: EvidenceStore, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor_app.storage.evidence_store.LARGEST", len(PHOTO))
    monkeypatch.setattr("auditor_app.storage.evidence_store.CHUNK", 1000)
    store_chunks = EvidenceStore._store

    def grow_then_store(self: EvidenceStore, *rest: object) -> StoredFile:
        photo.write_bytes(PHOTO * 2)
        return store_chunks(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(EvidenceStore, "_store", grow_then_store)
    assert refused(store, photo) == "too_large_file"


@pytest.mark.long
def test_a_large_file_needs_little_memory(store: EvidenceStore, tmp_path: Path) -> None:
    video = sparse(tmp_path / "video.mp4", 150 * MEGABYTE)
    tracemalloc.start()
    stored = store.add(video)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stored.size == 150 * MEGABYTE
    assert peak < 8 * MEGABYTE


def test_a_disk_that_is_full_keeps_what_was_stored(small_disk: Path) -> None:
    store = EvidenceStore(small_disk / "library")
    store.add_bytes(PHOTO)
    large = sparse(small_disk / "large.jpg", MEGABYTE)
    assert refused(store, large) == "file_disk_full"
    assert store.is_whole(SHA256)
    assert refused(store, large) == "file_disk_full"
    large.unlink()
    assert store.add_bytes(PHOTO[1:]).size == len(PHOTO) - 1


def test_a_library_that_may_not_be_written_to_is_told(small_disk: Path) -> None:
    photo = small_disk / "photo.jpg"
    photo.write_bytes(PHOTO)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert refused(EvidenceStore(small_disk / "library"), photo) == "file_folder_read_only"


@ON_UNIX
def test_a_file_in_the_place_of_the_evidence_folder_is_told(store: EvidenceStore, photo: Path) -> None:
    store.folder.parent.mkdir()
    store.folder.touch()
    with pytest.raises(EnvironmentProblem):
        store.add(photo)


def test_what_a_killed_program_left_is_cleared_away_and_nothing_else(store: EvidenceStore, photo: Path) -> None:
    store.add(photo)
    left = store.folder / ".incoming-0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a10.part"
    being_written = store.folder / ".incoming-0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a11.part"
    of_the_person = store.folder / "incoming.part"
    for path in (left, of_the_person):
        path.write_bytes(PHOTO)
    with new_fragment(being_written):
        reopened = EvidenceStore(store.folder.parent)
        assert names_in(reopened) == sorted([being_written.name, f"{SHA256[:2]}/{SHA256}", of_the_person.name])
    assert being_written.name not in names_in(EvidenceStore(store.folder.parent))


def test_a_program_killed_while_it_copies_leaves_no_content_under_a_wrong_name(
    store: EvidenceStore, tmp_path: Path
) -> None:
    """Killed in the middle of a copy, the program leaves a fragment that is no evidence."""
    script = (
        "import os, sys; from pathlib import Path; from auditor_app.storage import evidence_store as e\n"
        "class Slow(e.EvidenceStore): pass\n"
        "whole = e._write_all\n"
        "def killed(file, chunk): whole(file, chunk[:100]); os.kill(os.getpid(), 9)\n"
        "e._write_all = killed\n"
        "Slow(Path(sys.argv[1])).add_bytes(b'x' * 1000)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(store.folder.parent)], cwd=RESOURCES.parent)
    (fragment,) = names_in(store)
    assert re.fullmatch(r"\.incoming-[0-9a-f-]{36}\.part", fragment)
    assert names_in(EvidenceStore(store.folder.parent)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../../etc/passwd",
        SHA256.upper(),
        SHA256[:-1],
        SHA256 + "0",
        SHA256 + "\n",
        "/" + SHA256[1:],
        "０" * 64,
    ],
)
def test_what_is_no_sha256_never_becomes_a_path(store: EvidenceStore, tmp_path: Path, text: str) -> None:
    for use in (store.path, store.holds, store.is_whole, lambda value: store.copy_to(value, tmp_path / "out.jpg")):
        with pytest.raises(EvidenceProblem) as told:
            use(text)
        assert told.value.code == "not_a_sha256"


@given(st.text(max_size=70))
def test_any_other_text_is_refused_as_well(text: str) -> None:
    if not re.fullmatch("[0-9a-f]{64}", text):
        with pytest.raises(EvidenceProblem):
            EvidenceStore(Path("nowhere")).path(text)


def test_content_that_rotted_is_noticed_and_mended_by_adding_the_file_again(store: EvidenceStore, photo: Path) -> None:
    store.add(photo)
    store.path(SHA256).write_bytes(b"x" + PHOTO[1:])
    assert not store.is_whole(SHA256)
    store.add(photo)
    assert store.is_whole(SHA256)


def test_the_person_gets_the_file_back_whole(store: EvidenceStore, photo: Path, tmp_path: Path) -> None:
    store.add(photo)
    target = tmp_path / "还原.jpg"
    target.write_bytes(b"what was there")
    store.copy_to(SHA256, target)
    assert target.read_bytes() == PHOTO
    assert sorted(path.name for path in tmp_path.iterdir()) == ["card", "library", "还原.jpg"]


def test_damaged_or_missing_content_replaces_nothing(store: EvidenceStore, photo: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jpg"
    target.write_bytes(b"what was there")
    codes = []
    store.add(photo)
    store.path(SHA256).write_bytes(b"x" + PHOTO[1:])
    for _ in range(2):
        with pytest.raises(EvidenceProblem) as told:
            store.copy_to(SHA256, target)
        codes.append(told.value.code)
        store.path(SHA256).unlink(missing_ok=True)
    assert codes == ["content_damaged", "content_missing"]
    assert target.read_bytes() == b"what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["card", "library", "out.jpg"]


def test_a_place_that_cannot_be_written_to_is_told(store: EvidenceStore, photo: Path, tmp_path: Path) -> None:
    store.add(photo)
    with pytest.raises(EnvironmentProblem) as told:
        store.copy_to(SHA256, tmp_path / "gone" / "out.jpg")
    assert told.value.code == "file_folder_missing"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_its_sentence(language: str) -> None:
    source = (RESOURCES.parent / "auditor_app" / "storage" / "evidence_store.py").read_text("utf-8")
    codes = set(re.findall(r'EvidenceProblem\([^"]*(?:"sha256", )?"(\w+)"', source))
    words = json.loads((RESOURCES / "i18n" / f"evidence.{language}.json").read_text("utf-8"))["evidence_problem"]
    assert codes == words.keys()
