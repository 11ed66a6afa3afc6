"""A process that dies at once leaves its last words, and the next one reads them without folders and names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from auditor_app.failures.hooks import CrashFile

ROOT = Path(__file__).resolve().parents[2]
DIES = """
import os, sys
from pathlib import Path
from auditor_app.failures.hooks import CrashFile
crash = CrashFile(Path(sys.argv[1]))
crash.open()
def 客户():
    {}
客户()
"""


def last_words(path: Path, end: str) -> list[str]:
    """Run a process that ends in some way and return what the next one finds."""
    # The core of a process that died is nobody's business.
    limit = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n" if sys.platform != "win32" else ""
    script = path.with_name("秘密.py")
    script.write_text(limit + DIES.format(end), "utf-8")
    subprocess.run([sys.executable, script, path], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True)
    return CrashFile(path).left_behind()


@pytest.mark.parametrize(
    ("end", "fatal"),
    [
        ("os.abort()", "Fatal Python error: Aborted"),
        ("import faulthandler; faulthandler._sigsegv()", "Fatal Python error: Segmentation fault"),
    ],
)
def test_the_last_words_of_a_crash_are_found(tmp_path: Path, end: str, fatal: str) -> None:
    lines = last_words(tmp_path / "crash.txt", end)
    assert lines[0] == fatal
    assert "current thread" in lines
    # The script lies in somebody's folder.
    assert any(line.startswith("  elsewhere:") for line in lines)
    text = "\n".join(lines)
    assert [piece for piece in (str(tmp_path), "秘密", "客户") if piece in text] == []


def test_a_run_that_ends_as_it_should_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "crash.txt"
    assert last_words(path, "crash.close()") == []
    assert not path.exists()
    assert CrashFile(path).left_behind() == []


def test_anything_else_in_the_file_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "crash.txt"
    path.write_text('Name: 张三\n  File "/home/lisi/x.py", line 3 in 张三\nFatal Python error: 张三\n\0\n', "utf-8")
    assert CrashFile(path).left_behind() == ["  elsewhere:3 in ?"]
