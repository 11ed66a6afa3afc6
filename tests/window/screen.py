"""A screen nobody sees, the program on it, and hands that only have keyboard and mouse."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESTS = 8
PATIENCE = 120.0
"""Seconds until the program counts as stuck."""
TOOLS = ("Xvfb", "xdotool", "xkbcomp")
KEYBOARD = """xkb_keymap {
    xkb_keycodes { include "evdev+aliases(qwerty)" };
    xkb_types { include "complete" };
    xkb_compat { include "complete" };
    xkb_symbols { include "pc+us+inet(evdev)" %s };
};"""
FREE_KEYS = ("I120", "I149", "I154", "I168", "I178", "I183", "I184")
"""Keys of that keyboard without a character."""


def need_screen() -> None:
    """Skip the test where no screen can be made; where one is required, fail."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not missing:
        return
    reason = f"needs {' and '.join(missing)}"
    if os.environ.get("REQUIRE_DISPLAY") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def wait_for(what: Callable[[], bool], telling: str) -> None:
    """Wait until something is so, looking again and again; fail when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise AssertionError(f"{telling}: not within {PATIENCE:.0f} seconds")
        time.sleep(0.01)


class Screen:
    """An X server of its own, on a display number that is free."""

    def __init__(self, width: int, height: int) -> None:
        reading, writing = os.pipe()
        size = f"{width}x{height}x24"
        # No network, no new start when the last window goes, no key repeated because the computer is slow.
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset", "-r"]
        self._server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(writing)
        with os.fdopen(reading) as told:
            ready, _, _ = select.select([told], [], [], PATIENCE)
            # To the end of the line: the server dies of a reader that leaves before it has written that too.
            number = told.readline().strip() if ready else ""
        if not number:
            self.close()
            raise AssertionError("Xvfb did not start")
        self.display = f":{number}"

    def close(self) -> None:
        """Take the screen away; asked nicely, the server gives its number back."""
        self._server.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._server.wait(PATIENCE)
        end(self._server)

    def add_keys(self, characters: str) -> None:
        """Give the keyboard keys of its own for characters; else one key would change its meaning while it types."""
        keys = (f"key <{name}> {{[ U{ord(key):04X} ]}};" for name, key in zip(FREE_KEYS, characters, strict=False))
        command = ["xkbcomp", "-w", "0", "-", self.display]
        subprocess.run(command, input=KEYBOARD % " ".join(keys), text=True, check=True, timeout=PATIENCE)

    def ask(self, *arguments: str) -> str:
        """Run xdotool and return what it says, empty when it finds nothing."""
        environment = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(
            ["xdotool", *arguments], env=environment, capture_output=True, text=True, timeout=PATIENCE
        )
        return done.stdout.strip()

    def windows(self, title: str) -> list[str]:
        """Return the windows whose title holds a text, the newest last."""
        return self.ask("search", "--onlyvisible", "--name", title).split()

    def windows_of(self, process: int) -> list[str]:
        """Return the windows of a program, the newest last."""
        return self.ask("search", "--onlyvisible", "--pid", str(process)).split()


class Program:
    """The workbench as a process of its own, on a screen."""

    def __init__(self, screen: Screen, data: Path, *arguments: str) -> None:
        self.screen = screen
        environment = {
            **os.environ,
            "DISPLAY": screen.display,
            "QT_QPA_PLATFORM": "xcb",
            # Otherwise an input method of whoever runs the tests would stand between.
            "XMODIFIERS": "@im=none",
            "QT_IM_MODULE": "compose",
        }
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "--data", str(data), *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait_until_shown(self, title: str = "审核") -> str:
        """Wait for the window and give it the keyboard; return its number."""
        found: list[str] = []

        def look() -> bool:
            self.check_alive()
            found[:] = self.screen.windows(title)
            return bool(found)

        wait_for(look, f"a window called {title}")
        self.focus(found[-1])
        self.wait_until_idle()
        return found[-1]

    def wait_until_idle(self) -> None:
        """Wait until the program has nothing more to do: keys sent while it starts would be answered late."""
        used = [-1]

        def rests() -> bool:
            self.check_alive()
            time.sleep(0.05)
            fields = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
            used.append(int(fields[11]) + int(fields[12]))
            # Longer than the pauses after which the program makes the tabs that nobody asked for.
            return len(used) > RESTS and used[-1] == used[-RESTS]

        wait_for(rests, "the program at rest")

    @property
    def windows(self) -> list[str]:
        """Return the numbers of the program's windows, the newest last."""
        return self.screen.windows_of(self._process.pid)

    def focus(self, window: str) -> None:
        """Give a window the keyboard; there is no window manager that would."""
        self.screen.ask("windowfocus", "--sync", window)

    def key(self, *keys: str, delay: int = 12) -> None:
        """Press keys one after the other, with so many milliseconds between them."""
        self.screen.ask("key", "--delay", str(delay), *keys)

    def type(self, text: str) -> None:
        """Type a text; what is not ASCII needs keys that the screen was given."""
        self.screen.ask("type", "--delay", "10", text)

    def click(self, x: int, y: int) -> None:
        """Click a place of the screen."""
        self.screen.ask("mousemove", "--sync", str(x), str(y), "click", "1")

    def check_alive(self) -> None:
        """Fail with what the program said when it is no longer there."""
        if self._process.poll() is not None:
            said = self._process.stdout.read().decode() if self._process.stdout else ""
            raise AssertionError(f"the program ended with {self._process.returncode}: {said}")

    @property
    def has_ended(self) -> bool:
        """Say whether the program is gone."""
        return self._process.poll() is not None

    def wait_for_end(self) -> int:
        """Wait until the program ends by itself; return its exit code."""
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        """End it as a power cut would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def close(self) -> None:
        """Take the program away, whatever it does."""
        end(self._process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
    if process.stdout is not None:
        process.stdout.close()


@contextmanager
def running(screen: Screen, data: Path, *arguments: str) -> Iterator[Program]:
    """Run the workbench on a folder, with its window shown and holding the keyboard."""
    program = Program(screen, data, *arguments)
    try:
        program.wait_until_shown()
        yield program
    finally:
        program.close()
