"""Workbooks for the auditee and back: read and written for the window, with words in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from auditor_app.file_kinds import FileKind, other_file
from auditor_app.files import content_of
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.standard import Standard
from auditor_app.storage.atomic_file import check_target, write_atomically
from auditor_app.ui.reply_desk import Proposal

# Excel is imported where it is needed, so that nothing else waits for it.


class Replies:
    """The reply to the findings, and the application before the audit."""

    def write_replies(self, standard: Standard, audit: Audit, path: Path) -> tuple[str, ...]:
        """Write the reply workbook; returns the cells whose text was cut, raises `EnvironmentProblem`."""
        from auditor_app.replies.reply_sheet import write_replies
        from auditor_app.replies.words import both

        check_target(path)
        content, cut = write_replies(standard, audit, both(), date.today())
        write_atomically(path, content)
        return cut

    def read_replies(self, standard: Standard, audit: Audit, words: Catalogue, path: Path) -> Proposal:
        """Return what a reply workbook would change; raises `ValidationError` or `EnvironmentProblem`."""
        from auditor_app.replies.reply_reading import read_replies
        from auditor_app.replies.words import both

        with _told_apart(path, FileKind.REPLY):
            return read_replies(standard, audit, both(), words, _content(path), date.today())

    def write_application(self, standard: Standard, audit: Audit, path: Path, *, filled: bool) -> tuple[str, ...]:
        """Write the application workbook, with what is known if `filled`; returns and raises as `write_replies`."""
        from auditor_app.replies.application_sheet import write_application
        from auditor_app.replies.words import both

        check_target(path)
        content, cut = write_application(standard, audit, both(), date.today(), filled=filled)
        write_atomically(path, content)
        return cut

    def read_application(self, standard: Standard, audit: Audit, words: Catalogue, path: Path) -> Proposal:
        """Return what an application workbook would change; raises `ValidationError` or `EnvironmentProblem`."""
        from auditor_app.replies.application_reading import read_application
        from auditor_app.replies.words import both

        with _told_apart(path, FileKind.APPLICATION):
            return read_application(standard, audit, both(), words, _content(path), date.today())


@contextmanager
def _told_apart(path: Path, wanted: FileKind) -> Iterator[None]:
    """Say what a workbook is that is none of the wanted kind, where that is known."""
    from auditor_app.replies.problems import ReplyProblem

    try:
        yield
    except ReplyProblem as problem:
        raise other_file(path, wanted) or problem from problem.__cause__


def _content(path: Path) -> bytes:
    from auditor_app.replies.guard import LARGEST_FILE

    return content_of(path, LARGEST_FILE)
