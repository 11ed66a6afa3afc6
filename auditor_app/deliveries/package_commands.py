"""What the commands `pack` and `unpack` do and say."""

from __future__ import annotations

from pathlib import Path

from auditor_app.deliveries.packages import open_sealed, take_evidence, write_sealed
from auditor_app.files import content_of
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.packed import OpenedPackage, Packing
from auditor_app.models.standard import Standard
from auditor_app.packages.problems import PackageProblem
from auditor_app.storage.library import Library

SECTION = "package_command"
LONGEST_PASSWORD_FILE = 4096


def pack(standard: Standard, audit: Audit, out: Path, packing: Packing, library: Path, words: Catalogue) -> str:
    """Write a sealed package and say what is in it and what is not; raises as `write_sealed` does."""
    if out.suffix.lower() != ".zip":
        raise PackageProblem(str(out), "not_zip")
    packed = write_sealed(standard, audit, out, packing, library)
    lines = [words.text(SECTION, "packed", path=out, pieces=packed.pieces)]
    for row in packed.left_out:
        lack = words.text("lack", row.lack)
        lines.append(words.text(SECTION, "left_out", number=row.number, name=row.name, lack=lack))
    return "\n".join(lines)


def verify(file: Path, password: str, words: Catalogue) -> tuple[OpenedPackage, str]:
    """Open a sealed package and say whether it is whole; raises as `open_sealed` does."""
    opened = open_sealed(file, password)
    whole = "whole" if opened.is_whole else "not_whole"
    facts = {"at": opened.sealed_at, "by": opened.made_by, "program": opened.program, "pieces": opened.pieces}
    lines = [words.text(SECTION, whole, number=opened.number, company=opened.company, **facts)]
    if opened.missing:
        lines.append(words.text(SECTION, "missing", names="; ".join(opened.missing)))
    for problem in opened.problems:
        lines.append(words.text(SECTION, "line", place=problem.path, problem=words.error(problem)))
    return opened, "\n".join(lines)


def take_in(opened: OpenedPackage, library: Library, words: Catalogue) -> str:
    """Take a whole package into a library, the originals first, and say what became of it.

    Raises as `take_evidence` and `Library.add` do.
    """
    taken = take_evidence(opened, library.path.parent)
    if opened.audit is None or opened.standard is None:
        raise PackageProblem(str(opened.path), "not_whole")
    is_new = library.add(opened.audit, opened.standard)
    key = "imported" if is_new else "already_there"
    return words.text(SECTION, key, number=opened.number, id=opened.audit.id, taken=taken)


def password_in(file: Path | None) -> str:
    """Return the first line of a file, empty without a file: what stands on a command line is seen by others.

    Raises `ValidationError` for a file that is not there or begins with an empty line, else `EnvironmentProblem`.
    """
    if file is None:
        return ""
    line = content_of(file, LONGEST_PASSWORD_FILE).decode("utf-8-sig", "replace")
    password = line.split("\n", 1)[0].rstrip("\r")
    if not password:
        raise PackageProblem(str(file), "password_file_empty")
    return password
