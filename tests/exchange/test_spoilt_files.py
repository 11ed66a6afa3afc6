"""However an audit file is spoilt, it is taken in whole or refused in words, and the library stays what it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from tests import fuzzing
from tests.conftest import IN_CI
from tests.exchange.fuzz import cases


def test_spoilt_audit_files_are_taken_whole_or_refused_in_words() -> None:
    (tally,) = fuzzing.run(cases, 300 if IN_CI else 60, seed=7).values()
    assert len(tally.ways) > 12
    assert tally.ways["taken in"]


def test_the_loop_names_the_round_that_a_bug_needs() -> None:
    def case(luck: Random) -> str:
        if luck.random() < 0.2:
            raise KeyError("bug")
        return "read"

    @contextmanager
    def broken() -> Iterator[dict[str, fuzzing.Case]]:
        yield {"things": case}

    with pytest.raises(KeyError) as caught:
        fuzzing.run(broken, 1000, seed=3)
    number = int(caught.value.__notes__[0].rpartition(" ")[2])
    with pytest.raises(KeyError):
        case(Random(f"3-things-{number}"))
