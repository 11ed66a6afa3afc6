"""The layers import in one direction only and no file outgrows one head; the source itself is read."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "auditor_app"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400

# What each layer may import, apart from itself and the standard library.
LAYERS = {
    "models": {"stdnum"},
    "storage": {"auditor_app.models"},
    "pictures": {"auditor_app.models", "PIL", "pi_heif"},
    "workbooks": {"auditor_app.models", "openpyxl"},
    "report": {"auditor_app.models", "auditor_app.workbooks", "openpyxl", "PIL"},
    "report_pdf": {
        "auditor_app.models",
        "auditor_app.report",
        "auditor_app.workbooks",
        "openpyxl",
        "PySide6.QtCore",
        "PySide6.QtGui",
    },
    "proof": {"auditor_app.models", "auditor_app.workbooks", "auditor_app.report.names", "cryptography"},
    "exchange": {"auditor_app.models", "auditor_app.storage", "msgspec"},
    "failures": {"auditor_app.models"},
    "forms": {"auditor_app.models", "auditor_app.workbooks", "openpyxl"},
    "packages": {"auditor_app.models", "pyzipper", "msoffcrypto"},
    "replies": {"auditor_app.models", "auditor_app.workbooks", "openpyxl"},
    "session": {"auditor_app.models", "auditor_app.storage", "PySide6.QtCore", "PySide6.QtGui"},
    "ui": {"auditor_app.models", "auditor_app.session", "PySide6", "shiboken6"},
}
# They put the layers together, so they know them all, and load the heavy ones only when they are needed.
COMPOSITION = {
    *("app.py", "cli.py", "deliveries", "evidence.py", "file_kinds.py", "files.py"),
    *("logbook.py", "look.py", "opening.py", "parts.py", "places.py", "salvaging.py", "workbench.py"),
}

QT_MODULES = {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "QtPrintSupport"}
NETWORK = {
    *("socket", "socketserver", "ssl", "http", "urllib.request", "xmlrpc", "ftplib", "smtplib", "imaplib"),
    *("poplib", "telnetlib", "nntplib", "asyncio", "requests", "httpx", "aiohttp", "urllib3", "websockets"),
}


@cache
def nodes_of(source: str) -> tuple[ast.AST, ...]:
    """Return everything a piece of source is made of; read once for all tests."""
    return tuple(ast.walk(ast.parse(source)))


def imports_in(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything a piece of source imports: `from a.b import c` is `a.b.c`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def is_below(name: str, module: str) -> bool:
    return name == module or name.startswith(module + ".")


def layer_violations(layer: str, source: str) -> list[str]:
    """Return the imports of a file that its layer does not allow."""
    allowed = {f"auditor_app.{layer}", "auditor_app.__version__", *LAYERS[layer]}
    # SQL stays behind the storage layer; every other part of the standard library is open to all.
    closed = set() if layer == "storage" else {"sqlite3"}
    return [
        name
        for _, name in imports_in(nodes_of(source))
        if not any(is_below(name, module) for module in allowed)
        and name.split(".")[0] not in sys.stdlib_module_names - closed
    ]


def local_imports(source: str) -> list[tuple[int, str]]:
    """Return the imports that stand inside functions."""
    functions = [n for n in nodes_of(source) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return sorted({found for function in functions for found in imports_in(ast.walk(function))})


def calls_of(source: str, *names: str) -> list[tuple[int, str]]:
    """Return line and name of every call of these functions, however they are reached."""
    found = []
    for node in nodes_of(source):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in names:
                found.append((node.lineno, name))
    return found


def all_imports() -> list[tuple[str, str]]:
    return [(at(path), name) for path in FILES for _, name in imports_in(nodes_of(path.read_text("utf-8")))]


def home_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def at(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize(
    ("layer", "source", "violations"),
    [
        ("models", "import json\nfrom stdnum.cn import uscc\nfrom auditor_app.models.ids import RowId", []),
        (
            "models",
            "from auditor_app.storage.library import Library",
            ["auditor_app.storage.library.Library"],
        ),
        ("models", "import sqlite3", ["sqlite3"]),
        ("models", "from auditor_app import storage", ["auditor_app.storage"]),
        ("models", "from .ids import RowId", [".ids.RowId"]),
        ("storage", "import sqlite3", []),
        ("report", "def late():\n    from PySide6 import QtGui", ["PySide6.QtGui"]),
        (
            "session",
            "from PySide6.QtCore import QObject\nfrom PySide6 import QtWidgets",
            ["PySide6.QtWidgets"],
        ),
        ("ui", "import openpyxl, auditor_app.modelship", ["openpyxl", "auditor_app.modelship"]),
        ("ui", "from auditor_app.storage.library import Library", ["auditor_app.storage.library.Library"]),
    ],
)
def test_an_arrow_that_points_back_is_noticed(layer: str, source: str, violations: list[str]) -> None:
    assert layer_violations(layer, source) == violations


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_imports_only_what_lies_below_it(layer: str) -> None:
    files = sorted((PACKAGE / layer).rglob("*.py"))
    assert files
    found = {at(path): layer_violations(layer, path.read_text("utf-8")) for path in files}
    assert {path: names for path, names in found.items() if names} == {}


def test_every_file_belongs_to_a_layer_or_puts_layers_together() -> None:
    homes = {home_of(path) for path in FILES}
    assert homes <= {*LAYERS, *COMPOSITION, "__init__.py"}


def test_nothing_is_imported_inside_a_function_to_dodge_a_cycle() -> None:
    assert local_imports("def f():\n    import json\nimport re") == [(2, "json")]
    found = {at(path): local_imports(path.read_text("utf-8")) for path in FILES if home_of(path) not in COMPOSITION}
    assert {path: names for path, names in found.items() if names} == {}


def test_nothing_imports_everything() -> None:
    assert [found for found in all_imports() if found[1].endswith(".*")] == []


def test_only_the_essential_modules_of_qt_are_used() -> None:
    qt = [(path, name.split(".")) for path, name in all_imports() if name.split(".")[0] == "PySide6"]
    assert [(path, name) for path, name in qt if len(name) < 2 or name[1] not in QT_MODULES] == []


def test_nothing_can_reach_the_network() -> None:
    used = {(path, name) for path, name in all_imports() if any(is_below(name, module) for module in NETWORK)}
    assert used == set()


def test_only_the_commands_print() -> None:
    assert calls_of("print('x')\nself.print('y')", "print") == [(1, "print"), (2, "print")]
    found = {at(path): calls_of(path.read_text("utf-8"), "print") for path in FILES if at(path) != "cli.py"}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_import_hides_from_these_tests() -> None:
    hidden = {at(path): calls_of(path.read_text("utf-8"), "__import__", "import_module") for path in FILES}
    assert {path: lines for path, lines in hidden.items() if lines} == {}


def test_no_file_outgrows_one_head() -> None:
    lengths = {at(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {path: lines for path, lines in lengths.items() if lines >= LONGEST} == {}
