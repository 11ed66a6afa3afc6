"""A finalised audit is read-only for everybody until it is reopened, and both stay in its history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from auditor_app.deliveries.history import checked
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.history import SEALING
from auditor_app.proof.keys import new_key
from auditor_app.proof.signing import Signer
from auditor_app.storage.library import Library
from tests.builders import fields_changed
from tests.storage.spoiling import past_the_program

COMPANY = only_row(Kind.COMPANY)
WORDS = Catalogue.load("en", "history")


@pytest.fixture
def elsewhere(library: Library) -> Iterator[Library]:
    """Give a second window on the same library."""
    opened = Library(library.path.parent, who="王敏")
    yield opened
    opened.close()


def faults(library: Library) -> tuple[str, ...]:
    return checked(library.path, WORDS).faults


def test_a_finalised_audit_says_who_when_and_what_it_came_to(library: Library, audit: Audit) -> None:
    assert library.sealing(audit.id) is None
    sealing = library.finalise(audit)
    assert sealing == library.sealing(audit.id)
    assert (sealing.who, sealing.is_final, sealing.score, sealing.level) == ("李工", True, "93.33", "four_star")
    last = library.history(audit.id)[-1]
    assert (last.entity, last.at, last.link) == (SEALING, sealing.at, sealing.head)
    assert sealing.rows == len(library.history(audit.id))
    assert faults(library) == ()


def test_nobody_can_edit_a_finalised_audit(library: Library, elsewhere: Library, audit: Audit) -> None:
    library.finalise(audit)
    known = library.history(audit.id)
    for window in (library, elsewhere):
        with pytest.raises(EnvironmentProblem) as refused:
            window.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="later"))
        assert refused.value.code == "audit_finalised"
    with closing(sqlite3.connect(library.path)) as other, pytest.raises(sqlite3.IntegrityError, match="finalised"):
        other.execute(
            "INSERT INTO history SELECT seq + 1, change_set, audit_id, at, who, entity, row_id, field, before, after,"
            " link FROM history WHERE seq = (SELECT max(seq) FROM history WHERE entity <> 'sealing')"
        )
    assert library.load(audit.id)[1] == audit
    assert library.history(audit.id) == known


def test_an_audit_is_reopened_with_a_reason_that_stays(library: Library, audit: Audit) -> None:
    library.finalise(audit)
    for reason in ("", " \n "):
        with pytest.raises(ValidationError) as refused:
            library.reopen(audit.id, reason)
        assert refused.value.code == "reopened_without_reason"
    reopened = library.reopen(audit.id, " 漏记一份证书 ")
    assert (reopened.is_final, reopened.reason) == (False, "漏记一份证书")
    library.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="later"))
    entities = [entry.entity for entry in library.history(audit.id)]
    assert entities[-3:] == [SEALING, SEALING, "company"]
    assert faults(library) == ()


def test_an_audit_with_an_unjudged_row_is_not_finalised(library: Library, audit: Audit) -> None:
    library.apply(fields_changed(audit, Kind.ASSESSMENT, "5.1.1.1", verdict=Verdict.UNJUDGED))
    with pytest.raises(ValidationError) as refused:
        library.finalise(library.load(audit.id)[1])
    assert (refused.value.code, refused.value.params) == ("finalised_unjudged", {"left": 1})
    assert library.sealing(audit.id) is None


def test_what_another_window_changed_meanwhile_is_not_finalised_unseen(
    library: Library, elsewhere: Library, audit: Audit
) -> None:
    elsewhere.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="theirs"))
    with pytest.raises(EnvironmentProblem) as refused:
        library.finalise(audit)
    assert refused.value.code == "changed_elsewhere"
    assert library.sealing(audit.id) is None


def test_an_audit_is_finalised_and_reopened_once_each(library: Library, elsewhere: Library, audit: Audit) -> None:
    library.finalise(audit)
    with pytest.raises(EnvironmentProblem):
        elsewhere.finalise(audit)
    elsewhere.reopen(audit.id, "again")
    with pytest.raises(EnvironmentProblem):
        library.reopen(audit.id, "again")


@pytest.fixture(scope="module")
def signer() -> Signer:
    """Give a key, unlocked."""
    return Signer(new_key("李工", "correct horse"), "correct horse")


class TestSignature:
    """The auditor's key signs the head, so that a chain made anew by somebody else is noticed."""

    @pytest.fixture
    def signed(self, library: Library, audit: Audit, signer: Signer) -> Library:
        """Give a library with a finalised audit that is signed."""
        library.finalise(audit, lambda head: signer.lines(head, date(2026, 3, 3)), signer.key.text)
        return library

    @pytest.mark.long
    def test_a_signed_audit_is_whole(self, signed: Library) -> None:
        answer = checked(signed.path, WORDS)
        assert answer.is_whole
        assert "signatures: 1" in answer.heading

    def test_a_signature_that_is_taken_away_is_missed(self, signed: Library) -> None:
        with past_the_program(signed.path) as connection:
            connection.execute("DELETE FROM signature")
        (fault,) = faults(signed)
        assert "signature of the sealing is missing or wrong" in fault

    @pytest.mark.long
    def test_a_signature_of_another_key_is_none_of_the_auditors(self, signed: Library, audit: Audit) -> None:
        other = Signer(new_key("王敏", "wrong horse"), "wrong horse")
        sealing = signed.sealing(audit.id)
        assert sealing is not None
        lines = other.lines(sealing.head, date(2026, 3, 3))
        with past_the_program(signed.path) as connection:
            connection.execute("UPDATE signature SET lines = ?", ("\n".join(lines),))
        assert len(faults(signed)) == 1

    def test_a_signature_of_another_head_does_not_fit(self, signed: Library, audit: Audit, signer: Signer) -> None:
        lines = signer.lines("0" * 64, date(2026, 3, 3))
        with past_the_program(signed.path) as connection:
            connection.execute("UPDATE signature SET lines = ?", ("\n".join(lines),))
        assert len(faults(signed)) == 1


def test_an_edit_that_slipped_in_after_finalising_is_found(library: Library, audit: Audit) -> None:
    library.finalise(audit)
    with past_the_program(library.path) as connection:
        connection.execute("UPDATE chain SET finalised = 0")
    library.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="later"))
    assert [fault.split(":")[0] for fault in faults(library)] == [
        f"{audit.id}",
        f"{audit.id}",
    ]
    assert "Changed after it was finalised" in faults(library)[0]


def test_a_finalised_audit_that_comes_as_a_file_is_no_other_audit(library: Library, audit: Audit) -> None:
    library.finalise(audit)
    standard = library.load(audit.id)[0]
    assert library.add(audit, standard) is False
    with pytest.raises(ValidationError):
        library.add(replace(audit, rows={**audit.rows, Kind.TEAM: {}}), standard)


@pytest.mark.parametrize("told", ['{"state": "finalised"}', "[" * 900 + "]" * 900])
def test_a_sealing_that_cannot_be_read_is_told_as_damage_and_named(library: Library, audit: Audit, told: str) -> None:
    library.finalise(audit)
    with past_the_program(library.path) as connection:
        connection.execute("UPDATE history SET after = ? WHERE entity = 'sealing'", (told,))
    with pytest.raises(EnvironmentProblem) as refused:
        library.sealing(audit.id)
    assert refused.value.code == "library_damaged"
    assert any("cannot be read" in fault for fault in faults(library))
