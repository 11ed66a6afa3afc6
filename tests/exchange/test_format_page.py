"""docs/FORMAT.md tells the whole format."""

import json
import re

from auditor_app import cli
from auditor_app.exchange.audit_file import decode, json_schema
from auditor_app.exchange.standards import shipped_standard
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.scoring import score_audit

PAGE = (RESOURCES.parent / "docs" / "FORMAT.md").read_text("utf-8")


def test_every_field_and_every_word_stands_on_the_page() -> None:
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))
    for definition in json_schema()["$defs"].values():
        assert set(definition.get("properties", ())) | set(definition.get("enum", ())) <= named


def test_the_answer_on_the_page_is_that_of_the_program() -> None:
    example = re.search(r"```json\n(.+?)```", PAGE, re.DOTALL)
    assert example
    standard, audit = decode((RESOURCES / "samples" / "pump-maker.json").read_bytes(), shipped_standard)
    answer = json.dumps(cli.score_answer(standard, score_audit(standard, audit)))
    assert json.dumps(json.loads(example[1])) == answer
