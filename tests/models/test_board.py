"""What the score board says about an audit, checked against the worked cases and by brute force."""

from __future__ import annotations

from fractions import Fraction

from auditor_app.models.board import deletion_effect
from auditor_app.models.enums import Level, Verdict
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import shown
from auditor_app.models.standard import Standard
from tests.builders import all_met, clauses_under, empty_audit, with_sheet, with_verdict

FIRST = Clause("5.1.1.1")


class TestDeletion:
    """What the auditor is told before a deletion is confirmed."""

    def test_the_total_and_the_score_are_told_before_and_after(self, standard: Standard) -> None:
        nine = ("5.1.2.2", "5.1.1.1", "5.1.4.2")
        audit = with_sheet(empty_audit(standard), with_verdict(all_met(standard), Verdict.NOT_MET, *nine))
        effect = deletion_effect(standard, audit, [Clause("5.2.6.1")])
        assert (effect.applicable_before, effect.applicable_after) == (100, 98)
        assert effect.before.exact is not None
        assert effect.after.exact is not None
        assert (shown(effect.before.exact), shown(effect.after.exact)) == ("91.00", "90.81")
        assert (effect.emptied_chapters, effect.everything_deleted) == ((), False)

    def test_what_is_not_judged_yet_counts_among_the_weights(self, standard: Standard) -> None:
        effect = deletion_effect(standard, empty_audit(standard), [FIRST])
        assert (effect.applicable_before, effect.applicable_after) == (100, 97)
        assert (effect.after.lower, effect.after.upper) == (0, 100)

    def test_a_chapter_that_loses_its_last_indicator_is_pointed_out(self, standard: Standard) -> None:
        *most, last = clauses_under(standard, "5.3")
        audit = with_sheet(empty_audit(standard), with_verdict(all_met(standard), Verdict.DELETED, *most))
        assert deletion_effect(standard, audit, [last]).emptied_chapters == ("5.3",)
        gone = with_sheet(audit, with_verdict({}, Verdict.DELETED, last))
        assert deletion_effect(standard, gone, [FIRST]).emptied_chapters == ()

    def test_with_everything_deleted_there_is_no_score(self, standard: Standard) -> None:
        effect = deletion_effect(standard, empty_audit(standard), standard.indicators)
        assert effect.everything_deleted
        assert effect.applicable_after == 0
        assert effect.emptied_chapters == ("5.1", "5.2", "5.3")

    def test_deleting_what_is_deleted_changes_nothing(self, standard: Standard) -> None:
        audit = with_sheet(empty_audit(standard), with_verdict(all_met(standard), Verdict.DELETED, FIRST))
        effect = deletion_effect(standard, audit, [FIRST])
        assert effect.before == effect.after
        assert effect.applicable_after == Fraction(97)

    def test_a_lost_indicator_that_is_deleted_lifts_the_score(self, standard: Standard) -> None:
        audit = with_sheet(empty_audit(standard), with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2", FIRST))
        effect = deletion_effect(standard, audit, [FIRST])
        assert (effect.before.level, effect.after.level) == (Level.FOUR_STAR, Level.FOUR_STAR)
        assert effect.after.exact == Fraction(9200, 97)
