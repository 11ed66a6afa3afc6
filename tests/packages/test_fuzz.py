"""However a package is spoiled, opening it neither crashes nor hangs nor touches the library."""

from __future__ import annotations

import pytest

from tests import fuzzing
from tests.conftest import IN_CI
from tests.packages.fuzz import cases

pytestmark = pytest.mark.long


def test_spoiled_packages_are_refused_in_words_or_said_to_be_changed() -> None:
    (tally,) = fuzzing.run(cases, 200 if IN_CI else 60, seed=7).values()
    assert len(tally.ways) > 4
