"""The whole main job, cut off from every network: nothing connects, nothing listens, nothing else is started.

What may be asked of the system at all is a socket in the file system of this computer: the display, the message bus of
the desktop and the name service use such. Only opening a folder or a file for the person starts another program, and
only when they click it; the job does not.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("unshare", "strace")
FAMILY = re.compile(r"\b(socket|socketpair)\((AF_\w+|\d+)")
CONNECT = re.compile(r"\bconnect\(\d+, \{sa_family=(AF_\w+)")
LOCAL = "AF_UNIX"


@dataclass(frozen=True)
class Done:
    """What a run of the job told of itself, and what the system saw of it."""

    told: dict[str, Any]
    seen: list[str]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Run the job once in a network of its own without interfaces, watched from inside and from outside."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    alone = ["unshare", "--net", *([] if is_root else ["--map-root-user"])]
    reason = f"needs {' and '.join(missing)}" if missing else ""
    if not reason and subprocess.run([*alone, "true"], capture_output=True).returncode:
        reason = "needs the right to make a network of its own"
    if reason and os.environ.get("REQUIRE_ALONE") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("alone")
    trace = folder / "trace"
    watched = ["strace", "-f", "-qq", "-e", "signal=none", "-e", "trace=%network,execve", "-o", str(trace)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [*alone, *watched, sys.executable, "-m", "tests.main_job", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return Done(json.loads(ran.stdout.splitlines()[-1]), trace.read_text("utf-8", "replace").splitlines())


def test_the_job_asks_python_for_no_connection_and_no_other_program(done: Done) -> None:
    assert done.told["asked"] == {}


def test_the_system_sees_no_connection_but_to_this_computer_itself(done: Done) -> None:
    seen = "\n".join(done.seen)
    assert {match[2] for match in FAMILY.finditer(seen)} <= {LOCAL}
    assert {match[1] for match in CONNECT.finditer(seen)} <= {LOCAL}


def test_nothing_listens(done: Done) -> None:
    assert [line for line in done.seen if re.search(r"\b(bind|listen|accept4?)\(", line)] == []


def test_no_other_program_is_started(done: Done) -> None:
    started = [line for line in done.seen if "execve(" in line]
    assert len(started) == 1, started


def test_the_watch_sees_what_it_looks_for(tmp_path: Path) -> None:
    """A test that looks for nothing must be able to find something."""
    script = (
        "import socket, subprocess, sys; sys.addaudithook(lambda event, _: print(event))\n"
        "server = socket.create_server(('127.0.0.1', 0)); socket.socket(socket.AF_INET6)\n"
        "try: socket.create_connection(('127.0.0.1', 9), 1)\n"
        "except OSError: pass\n"
        "subprocess.run(['true'])\n"
    )
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=%network,execve", "-o", str(trace), sys.executable, "-c", script]
    heard = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seen = trace.read_text()
    assert {"AF_INET", "AF_INET6"} <= {match[2] for match in FAMILY.finditer(seen)}
    assert "AF_INET" in {match[1] for match in CONNECT.finditer(seen)}
    assert re.search(r"\blisten\(", seen)
    assert seen.count("execve(") > 1
    assert {"socket.connect", "socket.bind", "subprocess.Popen"} <= set(heard.splitlines())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("when", ["open", "closed"])
def test_all_that_the_program_keeps_is_its_owners_alone_whatever_the_umask(done: Done, when: str) -> None:
    rights: dict[str, int] = done.told[when]
    assert {"library.db", "logo.jpg", "signing-key.json", "trusted-keys.json", "forms.json"} <= rights.keys()
    assert {path: oct(mode) for path, mode in rights.items() if mode & 0o077} == {}
