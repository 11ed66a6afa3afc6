"""Changes are told in the same words wherever they are found: in the history, or between two states of an audit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import LANGUAGES, Catalogue
from auditor_app.models.changes import Change, apply, remove
from auditor_app.models.entities import Evidence, Sample
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.history import HistoryEntry
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from auditor_app.models.telling import Worded, told_history, worded_changes
from auditor_app.storage.columns import history_json
from tests.builders import STANDARD, audits, change_sets, empty_audit, with_rows

WORDS = {language: Catalogue.load(language, "history") for language in LANGUAGES}


def entry(change: Change) -> HistoryEntry:
    before, after = (history_json(change.kind, change.field, value) for value in (change.before, change.after))
    return HistoryEntry("2026-03-02T09:00:00+00:00", "李工", "1", change.kind, change.id, change.field, before, after)


@given(st.data(), audits(), st.sampled_from(list(LANGUAGES)))
def test_states_are_compared_in_the_words_of_the_history(data: st.DataObject, then: Audit, language: str) -> None:
    change_set = data.draw(change_sets(then))
    changes = change_set.changes
    made = [Change(kind, row_id, "", None, row) for kind in Kind for row_id, row in then.of(kind).items()]
    history = told_history(map(entry, [*made, *changes]), STANDARD, WORDS[language])[len(made) :]
    # The history calls a row by its last name; so do states when the last of them comes last.
    states = [then, apply(then, change_set)]
    worded = worded_changes(changes, states, STANDARD, WORDS[language])
    assert worded == [Worded(each.what, each.clause, each.field, each.before, each.after) for each in history]


def test_evidence_that_is_gone_with_its_sample_still_says_where_it_belonged(standard: Standard) -> None:
    sample, picture = Sample("5.1.1.2", "工单 7"), Evidence(EvidenceSubject.SAMPLE, "s", "0" * 64, "工单.jpg")
    then = with_rows(empty_audit(standard), (Kind.SAMPLE, "s", sample), (Kind.EVIDENCE, "e", picture))
    changes = [remove(Kind.SAMPLE, RowId("s"), sample), remove(Kind.EVIDENCE, RowId("e"), picture)]
    worded = worded_changes(changes, [then, empty_audit(standard)], standard, WORDS["zh"])
    assert [(each.what, each.clause, each.field, each.after) for each in worded] == [
        ("样本 工单 7", "5.1.1.2", "移除", ""),
        ("证据 工单.jpg", "5.1.1.2", "移除", ""),
    ]
