"""A file for others is written whole or not at all, and what was there stays until then."""

import errno
import os
from pathlib import Path

import pytest

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.storage.atomic_file import write_atomically


def refused(path: Path) -> str:
    """Return the code of the problem, having checked that both languages have a sentence for it."""
    with pytest.raises(EnvironmentProblem) as caught:
        write_atomically(path, b"new")
    for language in ("zh", "en"):
        assert path.name in Catalogue.load(language, "exchange").error(caught.value)
    return caught.value.code


def test_a_new_file_and_one_that_was_there_get_the_content(tmp_path: Path) -> None:
    path = tmp_path / "报告.json"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    assert refused(tmp_path / "missing" / "file") == "file_folder_missing"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert refused(tmp_path / "folder") == "file_not_regular"


@pytest.mark.skipif(os.name == "nt", reason="a device of Unix")
def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/dev/null")
    assert refused(Path("/dev/null")) == "file_not_regular"
    with pytest.raises(EnvironmentProblem):
        write_atomically(link, b"new")
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("function", "error", "code"),
    [
        ("fsync", OSError(errno.ENOSPC, "full"), "file_disk_full"),
        ("fsync", OSError(errno.EIO, "broken"), "file_cannot_write"),
        ("replace", PermissionError(errno.EACCES, "open elsewhere"), "file_in_use"),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, error: OSError, code: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, function, fail)
    assert refused(path) == code
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        write_atomically(tmp_path / ("x" * 300), b"new")
