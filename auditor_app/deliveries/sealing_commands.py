"""What the commands `finalise` and `reopen` do and say, and what `export` says of an audit that is final or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor_app.deliveries.package_commands import password_in
from auditor_app.deliveries.proof import Proofs
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.conclusion import conclude
from auditor_app.models.enums import Level
from auditor_app.models.errors import ValidationError
from auditor_app.models.history import Sealing, local_time
from auditor_app.models.remarks import remarks
from auditor_app.models.scoring import score_audit
from auditor_app.models.standard import Standard
from auditor_app.storage.library import Library
from auditor_app.storage.sealing import Sign

SECTION = "sealing_command"


class SealingProblem(ValidationError):
    """An audit that is not as a command needs it."""

    section = "sealing_problem"


def finalise(library: Library, key: str, passphrase_file: Path | None, words: Catalogue) -> str:
    """Finalise an audit, signed where the passphrase of the auditor's key is given, and say what it came to.

    Raises `ValidationError` for an audit that is final already or has an unjudged indicator, for a wrong passphrase or
    where there is no key, and `EnvironmentProblem`; nothing is written then.
    """
    audit_id = library.find(key)
    before = library.sealing(audit_id)
    if before is not None and before.is_final:
        raise SealingProblem(key, "already_finalised", at=local_time(before.at), who=before.who or "–")
    standard, audit = library.load(audit_id)
    sign, signer = _unlocked(library.path.parent, passphrase_file)
    made = library.finalise(audit, sign, signer)
    level = words.word(Level(made.level))
    number = audit.info.number or audit_id
    lines = [words.text(SECTION, "finalised", number=number, score=made.score, level=level, head=made.head)]
    if made.signer:
        lines.append(words.text(SECTION, "signed", signer=made.signer))
    left = len(remarks(standard, audit, date.today()))
    if left:
        lines.append(words.text(SECTION, "remarks", count=left))
    return "\n".join(lines)


def reopen(library: Library, key: str, reason: str, words: Catalogue) -> str:
    """Let a finalised audit be edited again, and say so.

    Raises `ValidationError` without a reason or for an audit that is not finalised, and `EnvironmentProblem`.
    """
    audit_id = library.find(key)
    before = library.sealing(audit_id)
    if before is None or not before.is_final:
        raise SealingProblem(key, "not_finalised")
    library.reopen(audit_id, reason)
    return words.text(SECTION, "reopened", number=library.load(audit_id)[1].info.number or audit_id)


def told(sealing: Sealing | None, standard: Standard, audit: Audit, words: Catalogue) -> str:
    """Return whether the audit of a report just written is finalised, when and by whom, or how the report says not."""
    if sealing is None or not sealing.is_final:
        is_draft = conclude(standard, audit, score_audit(standard, audit)).draft
        return words.text(SECTION, "report_draft" if is_draft else "report_open")
    return words.text(SECTION, "report_final", at=local_time(sealing.at), who=sealing.who or "–")


def _unlocked(folder: Path, passphrase_file: Path | None) -> tuple[Sign | None, str]:
    """Return what signs with the key of a library's folder, and the key; nothing without a passphrase."""
    if passphrase_file is None:
        return None, ""
    proofs, passphrase = Proofs(folder), password_in(passphrase_file)
    try:
        signer = proofs.unlock(passphrase)
    except ValidationError as error:
        raise type(error)(error.path or str(passphrase_file), error.code, **error.params) from error
    return lambda head: signer.lines(head, date.today()), signer.key.text
