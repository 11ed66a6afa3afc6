"""What is drawn on a picture is kept as text and comes back as it was drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.errors import ValidationError
from auditor_app.models.marks import WHOLE, Mark, Shape, mark_text, parse_mark

PLACES = st.integers(0, WHOLE)
MARKS = st.builds(Mark, st.sampled_from(Shape), PLACES, PLACES, PLACES, PLACES)


@given(MARKS)
def test_a_mark_comes_back_as_it_was_drawn(mark: Mark) -> None:
    assert parse_mark(mark_text(mark)) == mark


def test_a_mark_is_text_that_a_person_can_read() -> None:
    assert mark_text(Mark(Shape.ARROW, 1200, 3400, 5600, 7800)) == "arrow 1200 3400 5600 7800"
    assert parse_mark("box 0 0 10000 10000") == Mark(Shape.BOX, 0, 0, WHOLE, WHOLE)


@pytest.mark.parametrize(
    "text",
    [
        *("", "arrow", "circle 1 2 3 4", "arrow 1 2 3", "arrow 1 2 3 4 5", "arrow  1 2 3 4", "ARROW 1 2 3 4"),
        *("box 0 0 10001 10", "box -1 0 5 5", "box 1.5 2 3 4", "arrow 1 2 3 4\n", "arrow １ ２ ３ ４", "box 1 2 3 x"),
    ],
)
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as told:
        parse_mark(text)
    assert told.value.code == "not_a_mark"


@given(st.text())
def test_any_other_text_is_refused_and_nothing_worse(text: str) -> None:
    with pytest.raises(ValidationError):
        parse_mark(text)
