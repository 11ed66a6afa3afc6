"""A file for others is in its place whole, or the place is as it was and a sentence says why."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.storage.atomic_file import problem_of, write_atomically

OLD = b"the report of last week"
NEW = b"the report of today" * 2000


def refused(path: Path) -> str:
    with pytest.raises(EnvironmentProblem) as raised:
        write_atomically(path, NEW)
    for language in ("zh", "en"):
        assert Catalogue.load(language).error(raised.value)
    return raised.value.code


def test_a_new_report_takes_the_place_of_the_old_one_alone(tmp_path: Path) -> None:
    target = tmp_path / "报告.xlsx"
    target.write_bytes(OLD)
    write_atomically(target, NEW)
    assert target.read_bytes() == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["报告.xlsx"]


def test_a_link_stays_a_link_to_the_new_report(tmp_path: Path) -> None:
    target, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    target.write_bytes(OLD)
    link.symlink_to(target)
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone" / "report.xlsx") == "file_folder_missing"


def test_a_file_where_the_folder_should_be_is_a_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    assert refused(tmp_path / "file" / "report.xlsx") == "file_folder_missing"
    assert (tmp_path / "file").read_bytes() == OLD


def test_a_folder_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    assert refused(tmp_path / "report.xlsx") == "file_is_folder"
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


def test_a_name_that_is_too_long_leaves_no_fragment(tmp_path: Path) -> None:
    assert refused(tmp_path / f"{'r' * 300}.xlsx") == "file_name_too_long"
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.xlsx")
    assert refused(tmp_path / "report.xlsx") == "file_not_regular"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 16 kB with an old report on it, where the system lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)], capture_output=True)
    if made.returncode:
        pytest.skip("a small disk cannot be mounted here")
    (disk / "report.xlsx").write_bytes(OLD)
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_the_old_report(small_disk: Path) -> None:
    assert refused(small_disk / "report.xlsx") == "file_disk_full"
    assert (small_disk / "report.xlsx").read_bytes() == OLD
    assert [path.name for path in small_disk.iterdir()] == ["report.xlsx"]


def test_a_read_only_disk_keeps_the_old_report(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert refused(small_disk / "report.xlsx") == "file_folder_read_only"
    assert (small_disk / "report.xlsx").read_bytes() == OLD


def test_a_file_that_cannot_be_replaced_keeps_its_content(small_disk: Path) -> None:
    """A mount point stands in for a file that Excel holds open: both cannot be replaced."""
    held = small_disk.parent / "held.xlsx"
    held.write_bytes(b"")
    subprocess.run(["mount", "--bind", str(small_disk / "report.xlsx"), str(held)], check=True)
    try:
        assert refused(held) == "file_in_use"
        assert held.read_bytes() == OLD
        assert sorted(path.name for path in held.parent.iterdir()) == ["disk", "held.xlsx"]
    finally:
        subprocess.run(["umount", str(held)], check=True)


@pytest.mark.parametrize(
    ("number", "replacing", "code"),
    [
        (errno.EACCES, True, "file_in_use"),
        (errno.EACCES, False, "file_folder_read_only"),
        (errno.EROFS, False, "file_folder_read_only"),
        (errno.ENOSPC, False, "file_disk_full"),
        (errno.ENAMETOOLONG, True, "file_name_too_long"),
        (errno.EISDIR, True, "file_is_folder"),
        (errno.ENOENT, False, "file_folder_missing"),
        (errno.EIO, False, "file_cannot_write"),
    ],
)
def test_every_refusal_of_the_system_has_its_sentence(number: int, replacing: bool, code: str) -> None:
    problem = problem_of(OSError(number, os.strerror(number)), Path("/somewhere/report.xlsx"), replacing=replacing)
    assert problem.code == code
    for language in ("zh", "en"):
        assert Catalogue.load(language).error(problem)


@pytest.mark.skipif(os.name == "nt", reason="a device of Unix")
def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/dev/null")
    assert refused(Path("/dev/null")) == "file_not_regular"
    with pytest.raises(EnvironmentProblem):
        write_atomically(link, b"new")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_problem_of_the_machine_says_what_is_safe_or_what_to_do(language: str) -> None:
    words = json.loads((RESOURCES / "i18n" / f"words.{language}.json").read_text("utf-8"))["environment"]
    for code, text in words.items():
        assert len(re.findall(r"[。.](?:\s|$|[^\s])", text)) >= 2, code
