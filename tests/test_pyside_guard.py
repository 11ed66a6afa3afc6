"""The installed PySide6 loses no references to None, and reads no source of what the window imports."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication, QLabel

CALLS = 500


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be freed from Python 3.12 on")
def test_setting_the_text_of_a_label_costs_no_reference_to_none(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    # PySide6 6.12 loses one a call; what else runs meanwhile moves the count by a few.
    assert sys.getrefcount(None) > before - CALLS // 10


@pytest.mark.parametrize("spares", [True, False])
def test_the_window_starts_without_reading_the_source_of_what_it_imports(spares: bool) -> None:
    code = (
        "import linecache\n"
        "from auditor_app import app\n"
        f"{'app.spare_sources()' if spares else 'pass'}\n"
        "linecache.clearcache()\n"
        "import auditor_app.models.remarks\n"
        "print(len(linecache.cache))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # Where PySide read none by itself, there would be nothing to spare it.
    assert (int(ran.stdout) == 0) is spares


def test_the_frame_waits_for_none_of_the_enums_that_come_with_the_namespace_of_qt() -> None:
    code = "import sys\nimport auditor_app.app\nprint('Qt' in vars(sys.modules['PySide6.QtCore']))\n"
    for asks, is_there in (("", "False"), ("from PySide6.QtCore import Qt\n", "True")):
        ran = subprocess.run([sys.executable, "-c", asks + code], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == is_there
