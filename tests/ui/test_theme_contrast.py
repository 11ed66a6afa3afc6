"""Words stay readable in every theme: contrast by WCAG 2.1, checked on the theme files themselves."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

THEMES = Path(__file__).resolve().parents[2] / "resources" / "themes"
NAMES = ("light", "dark")
COLORS: dict[str, dict[str, str]] = {
    name: json.loads((THEMES / f"{name}.json").read_text(encoding="utf-8"))["colors"] for name in NAMES
}

WORDS = 4.5  # WCAG 1.4.3, text below 18 pt
SHAPES = 3.0  # WCAG 1.4.11, graphics that carry meaning
DARK_GROUND = 0.05  # relative luminance, 0..1

VERDICTS = ("met", "not_met", "sampled", "deleted")
GROUNDS = (
    "panel",
    "ground",
    "rail",
    "header",
    "control_ground",
    "row_chapter",
    "row_group",
    "row_hover",
    "accent_soft",
)
ROWS = ("panel", "row_hover", "accent_soft")

WORD_PAIRS = (
    *product(("text", "text_soft", "text_second"), GROUNDS),
    *((f"{verdict}_text", f"{verdict}_soft") for verdict in VERDICTS),
    *product((*(f"{verdict}_text" for verdict in VERDICTS), "unjudged_text"), ROWS),
    *product(("accent", "star"), ("panel", "ground", "rail", "accent_soft")),
    *product(("on_accent",), ("accent", "accent_hover")),
    *product(("warning",), ("warning_soft", "panel", "ground", "accent_soft")),
    *product(("error",), ("error_soft", "panel", "ground", "accent_soft")),
    *product(("ok_text",), ("panel", "ground", "accent_soft")),
)
SHAPE_PAIRS = (
    *product(("gauge_solid", "chapter_bar"), ("gauge_track", "panel")),
    ("gauge_solid", "gauge_hatch_ground"),
)


def channel(value: int) -> float:
    """Return the linear light, 0..1, of one sRGB channel, 0..255."""
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    """Return the relative luminance of `#RRGGBB`, 0..1."""
    red, green, blue = (channel(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, back: str) -> float:
    """Return the contrast ratio of two colours, 1..21."""
    low, high = sorted((luminance(front), luminance(back)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_knows_black_on_white_and_a_published_grey() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_file_says_its_own_name(name: str) -> None:
    theme = json.loads((THEMES / f"{name}.json").read_text(encoding="utf-8"))
    assert set(theme) == {"name", "colors"}
    assert theme["name"] == name


def test_both_themes_give_the_same_roles_in_the_same_order() -> None:
    assert list(COLORS["light"]) == list(COLORS["dark"])


@pytest.mark.parametrize("name", NAMES)
def test_every_colour_is_a_six_digit_hex(name: str) -> None:
    wrong = {role: color for role, color in COLORS[name].items() if not re.fullmatch("#[0-9A-F]{6}", color)}
    assert wrong == {}


def test_the_dark_theme_has_dark_grounds() -> None:
    too_bright = [role for role in GROUNDS if luminance(COLORS["dark"][role]) > DARK_GROUND]
    assert too_bright == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("front", "back"), WORD_PAIRS)
def test_words_can_be_read(name: str, front: str, back: str) -> None:
    assert contrast(COLORS[name][front], COLORS[name][back]) >= WORDS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("front", "back"), SHAPE_PAIRS)
def test_bars_stand_out_from_their_track(name: str, front: str, back: str) -> None:
    assert contrast(COLORS[name][front], COLORS[name][back]) >= SHAPES
