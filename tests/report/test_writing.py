"""The report is in its place whole, or the place is as it was and a sentence says why."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.report.problems import problem_of
from auditor_app.report.publish import publish
from auditor_app.report.workbook import write_report
from tests.report.audits import sample

OLD = b"the report of last week"


def refused(path: Path) -> str:
    with pytest.raises(EnvironmentProblem) as raised:
        write_report(sample("pump-maker"), path)
    for language in ("zh", "en"):
        assert Catalogue.load(language, "report").error(raised.value)
    return raised.value.code


def test_a_new_report_takes_the_place_of_the_old_one_alone(tmp_path: Path) -> None:
    target = tmp_path / "报告.xlsx"
    target.write_bytes(OLD)
    write_report(sample("pump-maker"), target)
    assert target.read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.iterdir()] == ["报告.xlsx"]


def test_a_link_stays_a_link_to_the_new_report(tmp_path: Path) -> None:
    target, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    target.write_bytes(OLD)
    link.symlink_to(target)
    write_report(sample("pump-maker"), link)
    assert link.is_symlink()
    assert target.read_bytes()[:2] == b"PK"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone" / "report.xlsx") == "folder_missing"


def test_a_file_where_the_folder_should_be_is_a_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    assert refused(tmp_path / "file" / "report.xlsx") == "folder_missing"
    assert (tmp_path / "file").read_bytes() == OLD


def test_a_folder_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    assert refused(tmp_path / "report.xlsx") == "path_is_folder"
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


def test_a_name_that_is_too_long_leaves_no_fragment(tmp_path: Path) -> None:
    assert refused(tmp_path / f"{'r' * 300}.xlsx") == "name_too_long"
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.xlsx")
    assert refused(tmp_path / "report.xlsx") == "not_a_file"


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
    assert refused(small_disk / "report.xlsx") == "disk_full"
    assert (small_disk / "report.xlsx").read_bytes() == OLD
    assert [path.name for path in small_disk.iterdir()] == ["report.xlsx"]


def test_a_read_only_disk_keeps_the_old_report(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert refused(small_disk / "report.xlsx") == "folder_read_only"
    assert (small_disk / "report.xlsx").read_bytes() == OLD


def test_a_file_that_cannot_be_replaced_keeps_its_content(small_disk: Path) -> None:
    """A mount point stands in for a file that Excel holds open: both cannot be replaced."""
    held = small_disk.parent / "held.xlsx"
    held.write_bytes(b"")
    subprocess.run(["mount", "--bind", str(small_disk / "report.xlsx"), str(held)], check=True)
    try:
        assert refused(held) == "target_in_use"
        assert held.read_bytes() == OLD
        assert sorted(path.name for path in held.parent.iterdir()) == ["disk", "held.xlsx"]
    finally:
        subprocess.run(["umount", str(held)], check=True)


@pytest.mark.parametrize(
    ("number", "replacing", "code"),
    [
        (errno.EACCES, True, "target_in_use"),
        (errno.EACCES, False, "folder_read_only"),
        (errno.EROFS, False, "folder_read_only"),
        (errno.ENOSPC, False, "disk_full"),
        (errno.ENAMETOOLONG, True, "name_too_long"),
        (errno.EISDIR, True, "path_is_folder"),
        (errno.ENOENT, False, "folder_missing"),
        (errno.EIO, False, "cannot_write"),
    ],
)
def test_every_refusal_of_the_system_has_its_sentence(number: int, replacing: bool, code: str) -> None:
    problem = problem_of(OSError(number, os.strerror(number)), Path("/somewhere/report.xlsx"), replacing=replacing)
    assert problem.code == code
    for language in ("zh", "en"):
        assert Catalogue.load(language, "report").error(problem)


def test_a_failed_write_of_anything_leaves_no_fragment(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        publish(b"content", tmp_path / ("r" * 300))
    assert list(tmp_path.iterdir()) == []
