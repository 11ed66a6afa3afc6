"""A screen that the tests of a file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.window.screen import Screen, need_screen


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Give a screen of the size of a small laptop."""
    need_screen()
    made = Screen(1366, 768)
    yield made
    made.close()
