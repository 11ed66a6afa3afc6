"""Run, test and measure the auditor workbench from a fresh checkout.

    python3 dev.py run [args]      open the window (the first time with the sample audit)
    python3 dev.py test [args]     check style and types, then run the tests but the long ones; args go to pytest
    python3 dev.py test --all      the same with the long tests, as CI does
    python3 dev.py bench [args]    measure how fast the workbench is
    python3 dev.py crash [args]    kill the workbench at random moments, let the disk fail beneath it
    python3 dev.py fuzz [args]     give the readers spoilt files (--rounds 1000, names of readers)
    python3 dev.py translate       bring the window's translations up to date

Every command first sets up what it needs: .venv with the locked packages and, on Linux,
the system libraries of Qt and a Chinese font.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit("The workbench needs Python 3.11, 3.12 or 3.13; this is {}.{}.".format(*sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / ".lock-sha256"
MUST_INSTALL = 3
"""Exit code when something is missing that only the person at the machine can install."""

QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""Libraries that Qt loads from the system, and their Debian packages; the rest come with these."""

CHINESE_FONT = "fonts-wqy-microhei"


def main(arguments: list[str]) -> int:
    """Carry out one command and return its exit code."""
    commands = {"run": run, "test": test, "bench": bench, "crash": crash, "fuzz": fuzz, "translate": translate}
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    set_up()
    return commands[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> int:
    """Open the window; without a display, make the demo report instead."""
    if has_display():
        return python(ROOT / "main.py", "--sample", *arguments)
    out = ROOT / "demo-out"
    say(f"There is no display to open a window on, so the demo report goes to {out} instead.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return python(ROOT / "main.py", "demo", "--out", out)


def test(arguments: list[str]) -> int:
    """Run every check until one fails; arguments choose tests. In CI the coverage is counted too.

    Without a choice the long tests are left out, and pytest says how many; `--all` and CI run them.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    steps = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
    }
    everything = "--all" in arguments or bool(os.environ.get("CI"))
    arguments = [argument for argument in arguments if argument != "--all"]
    options = [*side_by_side(arguments), *([] if everything or chooses(arguments) else ["--without-long"])]
    # Counting covered lines takes half as long again, so it is left to CI.
    if arguments or not os.environ.get("CI"):
        steps["pytest"] = ["pytest", *options, *arguments]
    else:
        steps["erase coverage"] = ["coverage", "erase"]
        steps["pytest"] = ["coverage", "run", "-m", "pytest", *options]
        steps["combine coverage"] = ["coverage", "combine", "--quiet"]
        steps["coverage"] = ["coverage", "report"]
    for name, step in steps.items():
        say(name)
        code = python("-m", *step)
        if code:
            say(f"{name} failed (exit code {code}).")
            return code
    if "--without-long" in options:
        say("All of this passed; the long tests were not run. `python3 dev.py test --all` runs them too.")
    return 0


def side_by_side(arguments: list[str]) -> list[str]:
    """Return how pytest shares the tests among the cores; those of a file that is named run here, one by one."""
    if any(".py" in argument for argument in arguments):
        return []
    return ["--numprocesses", "auto", "--maxprocesses", "4", "--dist", "worksteal"]


def chooses(arguments: list[str]) -> bool:
    """Say whether arguments for pytest name the tests that are wanted; those run however long they take."""
    return any(argument.startswith(("-k", "-m", "--lf", "tests")) or ".py" in argument for argument in arguments)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, on the screen where there is one."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    return python("-m", "tests.bench", *arguments)


def fuzz(arguments: list[str]) -> int:
    """Give everything that reads files of others spoilt ones, within limits of time and memory."""
    os.chdir(ROOT)
    return python("-m", "tests.fuzzing", *arguments)


def crash(arguments: list[str]) -> int:
    """Kill the program again and again, and put faults beneath it; see docs/CRASH.md."""
    os.chdir(ROOT)
    return python("-m", "tests.crash", *arguments)


def translate(_arguments: list[str]) -> int:
    """Collect the window's words for translation and compile what is translated."""
    os.chdir(ROOT)
    words = "resources/i18n/workbench_zh_CN.ts"
    tools = VENV / ("Scripts" if os.name == "nt" else "bin")
    collect = ["-extensions", "py", "-no-obsolete", "-locations", "none", "auditor_app/ui", "-ts", words]
    languages = ["-source-language", "en", "-target-language", "zh_CN"]
    code = subprocess.run([tools / "pyside6-lupdate", *collect, *languages]).returncode
    return code or subprocess.run([tools / "pyside6-lrelease", words]).returncode


def set_up() -> None:
    """Bring .venv and the system packages to what the lock file and Qt ask for."""
    if not (PYTHON.exists() and STAMP.exists()):
        make_venv()
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text().strip() != wanted:
        install_locked_packages()
        STAMP.write_text(wanted)
    if sys.platform == "linux":
        install_missing_system_packages()


def make_venv() -> None:
    """Make .venv anew; one without a stamp is an attempt that was broken off."""
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and Ubuntu ship Python without it.
        apt_install([f"python3.{sys.version_info.minor}-venv"], "Python cannot make a virtual environment.")
    say(f"Making {VENV}.")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        sys.exit("Python could not make the virtual environment; what it says above tells why.")


def install_locked_packages() -> None:
    """Install exactly the packages of the lock file."""
    say("Installing the locked packages (about 120 MB the first time).")
    options = ["--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes"]
    if python("-m", "pip", "install", *options, "-r", LOCK):
        sys.exit("The packages could not be installed; what pip says above tells why. Then start again.")


def install_missing_system_packages() -> None:
    """Install the libraries and the font that Qt lacks here."""
    libraries = [package for soname, package in QT_LIBRARIES.items() if not loads(soname)]
    if libraries:
        apt_install(libraries, "Qt cannot start without some system libraries.")
    if not has_chinese_font():
        apt_install([CHINESE_FONT], "No font here has Chinese characters.", needed=False)


def apt_install(packages: list[str], reason: str, *, needed: bool = True) -> None:
    """Install Debian packages as root; else print how, and stop if nothing works without them."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if sys.platform != "linux" or shutil.which("apt-get") is None:
        say(f"{reason} Install what your system calls {', '.join(packages)}.")
    elif os.geteuid() != 0:
        say(f"{reason} Please run:\n    sudo {' '.join(install)}")
    else:
        say(f"{reason} Installing {', '.join(packages)}.")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], env=environment)
        if subprocess.run(install, env=environment).returncode == 0:
            return
        say("apt-get failed; what it says above tells why.")
    if needed:
        sys.exit(MUST_INSTALL)


def loads(soname: str) -> bool:
    """Tell whether the system's loader finds a library with all that it needs."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Ask fontconfig, as Qt does, whether a font covers simplified Chinese."""
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    fontconfig.FcNameParse.restype = ctypes.c_void_p
    fontconfig.FcObjectSetCreate.restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.POINTER(ctypes.c_int)
    pattern = ctypes.c_void_p(fontconfig.FcNameParse(b":lang=zh-cn"))
    fonts = fontconfig.FcFontList(None, pattern, ctypes.c_void_p(fontconfig.FcObjectSetCreate()))
    return bool(fonts and fonts[0])  # the first field of FcFontSet is its length


def has_display() -> bool:
    """Tell whether there is a screen to open a window on."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def python(*arguments: str | Path) -> int:
    """Run the Python of .venv and return its exit code."""
    # What is started a thousand times by tests and benchmarks is not compiled a thousand times.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([PYTHON, *arguments], env=environment).returncode


def say(text: str) -> None:
    """Print a line that stands out from what the tools print."""
    print(f"==> {text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
