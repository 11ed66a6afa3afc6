"""docs/PACKAGES.md tells the form of the sealed package as it is."""

from __future__ import annotations

import json
import re

from auditor_app.models.catalogue import RESOURCES
from auditor_app.packages.manifest import (
    AUDIT,
    FORMAT,
    LONGEST_TEXT,
    MOST_PARTS,
    REPORT,
    VERSION,
    Manifest,
    Part,
    encode,
)
from auditor_app.packages.passwords import LONGEST, SHORTEST

PAGE = (RESOURCES.parent / "docs" / "PACKAGES.md").read_text("utf-8")


def test_the_manifest_on_the_page_has_the_form_of_the_program() -> None:
    example = re.search(r"```json\n(.+?)```", PAGE, re.DOTALL)
    assert example
    raw = json.loads(example[1])
    made = json.loads(encode(Manifest("", "", "", "", "", "", (Part("x", "0", 1),), ())))
    assert (raw["format"], raw["version"]) == (FORMAT, VERSION)
    assert list(raw) == list(made)
    assert list(raw["audit"]) == list(made["audit"])
    assert [part["name"] for part in raw["parts"][:2]] == [REPORT, AUDIT]
    assert {tuple(part) for part in raw["parts"]} == {tuple(made["parts"][0])}


def test_the_limits_on_the_page_are_those_of_the_program() -> None:
    assert f"at most {MOST_PARTS:,}" in PAGE
    assert f"at most {LONGEST_TEXT} characters" in PAGE
    assert f"{SHORTEST} to {LONGEST} letters" in PAGE
