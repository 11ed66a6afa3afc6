"""Whatever an audit holds, what goes out and comes back untouched changes nothing; answers come back as given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import CorrectiveAction
from auditor_app.models.fields import value_at
from auditor_app.models.text import clean
from auditor_app.replies.entries import REPLY
from tests.builders import audits
from tests.replies.workbooks import Opened, application_in, application_out, reply_in, reply_out, take

pytestmark = pytest.mark.long

FEW = settings(max_examples=8)
printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


@FEW
@given(audits())
def test_any_workbook_that_comes_back_untouched_changes_nothing(audit: Audit) -> None:
    for out, back in ((reply_out, reply_in), (application_out, application_in)):
        proposal = back(audit, out(audit))
        assert (proposal.lines, proposal.notes) == ((), ())
    proposal = application_in(audit, application_out(audit, filled=True))
    assert (proposal.lines, proposal.notes) == ((), ())


@FEW
@given(audits(), st.data())
def test_any_answer_is_taken_as_it_was_given(audit: Audit, data: st.DataObject) -> None:
    findings = audit.of(Kind.FINDING)
    opened = Opened(reply_out(audit))
    given_answers: dict[tuple[str, str], str] = {}
    for row_id in findings:
        for entry in REPLY[:3]:
            text = data.draw(printable, label=entry.key)
            opened.fill(row_id, entry.key, text)
            cell = opened.sheet()[opened.place(row_id, entry.key)]
            if text:
                cell.data_type = "s"
            given_answers[row_id, entry.path] = clean(text.replace("_x", "_ x")).strip()
            if "_x" in text:
                opened.fill(row_id, entry.key, text.replace("_x", "_ x"))
    after = take(audit, reply_in(audit, opened.saved()), everything=True)
    for (given_id, path), text in given_answers.items():
        now = next(row for key, row in after.of(Kind.FINDING).items() if key == given_id)
        assert clean(value_at(now, path)).strip() == text
    for row_id, row in findings.items():
        now = after.of(Kind.FINDING)[row_id]
        verified = (row.action.verified_by, row.action.verified_on, row.action.result)
        assert (now.action.verified_by, now.action.verified_on, now.action.result) == verified
        assert isinstance(now.action, CorrectiveAction)
