"""The workbench without a window: results on stdout, a problem in one sentence on stderr."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any, NoReturn

from auditor_app import __version__, files
from auditor_app.deliveries import (
    backup_commands,
    history,
    package_commands,
    pdf,
    proof,
    salvage_command,
    sealing_commands,
)
from auditor_app.deliveries.first_look import look_first
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.packed import Packing
from auditor_app.models.scoring import ScoreResult, exact_text, score_audit, score_parts, shown
from auditor_app.models.standard import Standard
from auditor_app.models.summary import AuditSummary
from auditor_app.places import library_folder
from auditor_app.storage.library import FILE_NAME, Library

DONE, NO, BAD_INPUT, ENVIRONMENT, FAULT = 0, 1, 2, 3, 4

Command = Callable[[argparse.Namespace, Catalogue], str]


class UsageProblem(ValidationError):
    """A command line that cannot be carried out."""

    section = "cli"


class CommandProblem(EnvironmentProblem):
    """A state of the machine that only the commands meet."""

    section = "cli"


class AnswerIsNo(Exception):
    """The answer of a command that was asked something; its text is the result."""


def main(argv: list[str]) -> int:
    """Carry out one command and return its exit code: 0 done, 1 no, 2 bad input or use, 3 the environment.

    A fault of ours is 4 and must not look like an answer; it is told without anything of the audit.
    """
    _speak_utf8()
    words = Catalogue.load(
        _language(os.environ), "exchange", "cli", "report", "proof", "packages", "history", "backups", "opening"
    )
    try:
        arguments = _parser(words).parse_args(argv)
        return _carry_out(arguments, words)
    except SystemExit:  # argparse has answered --help or --version.
        return DONE
    except ValidationError as error:
        print(f"{error.path}: {words.error(error)}", file=sys.stderr)
        return BAD_INPUT
    except EnvironmentProblem as error:
        print(words.error(error), file=sys.stderr)
        return ENVIRONMENT
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        # Here, for no command that works needs it.
        from auditor_app.failures.telling import told

        print("\n".join([words.text("cli", "fault"), *told(error)]), file=sys.stderr)
        return FAULT


def _carry_out(arguments: argparse.Namespace, words: Catalogue) -> int:
    try:
        _print(arguments.command(arguments, words))
    except AnswerIsNo as answer:
        _print(str(answer))
        return NO
    return DONE


def score_answer(standard: Standard, result: ScoreResult) -> dict[str, Any]:
    """Return the answer of `score` (docs/FORMAT.md): exact amounts as text, null for what is undecided."""
    exact, lower, upper = result.exact, result.lower, result.upper
    chapters = {chapter.clause: result.nodes[chapter.clause] for chapter in standard.chapters}
    answer: dict[str, Any] = {
        "score": None if exact is None else shown(exact),
        "exact": None if exact is None else exact_text(exact),
        "level": result.level,
        "lower": None if lower is None else shown(lower),
        "upper": None if upper is None else shown(upper),
        "earned": exact_text(result.whole.earned),
        "applicable": exact_text(result.whole.applicable),
        "special_deductions": result.special_deductions,
        "bonus": result.bonus,
        "judged": result.whole.judged,
        "total": result.whole.total,
        "reachable": list(result.reachable),
        "chapters": {
            clause: {"earned": exact_text(tally.earned), "applicable": exact_text(tally.applicable)}
            for clause, tally in chapters.items()
        },
    }
    return answer | {"problem": "nothing_applicable"} if result.nothing_applicable else answer


def _demo(arguments: argparse.Namespace, words: Catalogue) -> str:
    standard, audit = files.read_audit(files.SAMPLE)
    report = Path(arguments.out, "report.xlsx")
    with closing(Library(arguments.data or Path(arguments.out, "library"), files.who())) as library:
        library.add(audit, standard)
        standard, audit = library.load(audit.id)
    files.write_report(standard, audit, "zh", report, library.path.parent)
    result = score_audit(standard, audit)
    places = {"library": library.path, "report": report}
    return words.text("cli", "demo", score=_points(result, words), level=_level(result, words), **places)


def _score(arguments: argparse.Namespace, _words: Catalogue) -> str:
    standard, audit = files.read_audit(arguments.file)
    return json.dumps(score_answer(standard, score_audit(standard, audit)), ensure_ascii=False)


def _export(arguments: argparse.Namespace, words: Catalogue) -> str:
    suffix = arguments.out.suffix.lower()
    if suffix not in (".xlsx", pdf.SUFFIX):
        raise UsageProblem(str(arguments.out), "no_report_name")
    with pdf.fonts_at_hand() if suffix == pdf.SUFFIX else nullcontext():
        state = _write_report(arguments, words, is_pdf=suffix == pdf.SUFFIX)
    return "\n".join(filter(None, (words.text("cli", "wrote", path=arguments.out), state)))


def _write_report(arguments: argparse.Namespace, words: Catalogue, *, is_pdf: bool) -> str:
    """Write the report of a file or, where there is no such file, of an audit in the library; say if it is final."""
    if os.path.exists(arguments.audit):
        write_file: Callable[..., None] = pdf.write_pdf_of_file if is_pdf else files.write_report_of_file
        write_file(Path(arguments.audit), arguments.lang, arguments.out)
        return ""
    with closing(_library(arguments, must_exist=True)) as library:
        try:
            standard, audit = library.load(library.find(arguments.audit))
            sealing = library.sealing(audit.id)
        except ValidationError as error:
            if error.code == "no_such_audit":
                raise UsageProblem(arguments.audit, "neither_file_nor_audit") from error
            raise
    write: Callable[..., None] = pdf.write_pdf if is_pdf else files.write_report
    folder, located = library.path.parent, arguments.with_locations
    write(standard, audit, arguments.lang, arguments.out, folder, with_locations=located)
    return sealing_commands.told(sealing, standard, audit, words)


def _import(arguments: argparse.Namespace, words: Catalogue) -> str:
    whole = files.read_audit_file(arguments.file)
    audit = whole.audit
    with closing(_library(arguments)) as library:
        added = library.add(audit, whole.standard)
    files.keep_thumbnails(library.path.parent, whole.thumbnails)
    return words.text("cli", "imported" if added else "already_there", number=audit.info.number, id=audit.id)


def _dump(arguments: argparse.Namespace, words: Catalogue) -> str:
    with closing(_library(arguments, must_exist=True)) as library:
        standard, audit = library.load(library.find(arguments.audit))
    files.write_audit(standard, audit, arguments.out, library.path.parent)
    return words.text("cli", "wrote", path=arguments.out)


def _list(arguments: argparse.Namespace, words: Catalogue) -> str:
    with closing(_library(arguments, must_exist=True)) as library:
        return "\n".join(_list_line(summary, library.result(summary.id), words) for summary in library.summaries())


def _verify(arguments: argparse.Namespace, words: Catalogue) -> str:
    key = None if arguments.key is None else proof.public_key(arguments.key)
    answer = proof.verified(arguments.file, key)
    text = proof.told(answer, words, key)
    if not answer.is_yes:
        raise AnswerIsNo(text)
    return text


def _pack(arguments: argparse.Namespace, words: Catalogue) -> str:
    packing = Packing(arguments.lang, password=package_commands.password_in(arguments.password_file))
    with closing(_library(arguments, must_exist=True)) as library:
        standard, audit = library.load(library.find(arguments.audit))
    return package_commands.pack(standard, audit, arguments.out, packing, library.path.parent, words)


def _unpack(arguments: argparse.Namespace, words: Catalogue) -> str:
    password = package_commands.password_in(arguments.password_file)
    opened, text = package_commands.verify(arguments.file, password, words)
    if not opened.is_whole:
        raise AnswerIsNo(text)
    if not arguments.take_in:
        return text
    with closing(_library(arguments)) as library:
        return f"{text}\n{package_commands.take_in(opened, library, words)}"


def _check(arguments: argparse.Namespace, words: Catalogue) -> str:
    with closing(_library(arguments, must_exist=True)) as library:
        audit_id = library.find(arguments.audit) if arguments.audit else ""
        answer = history.checked(library.path, words, audit_id)
    text = "\n".join((answer.heading, *answer.faults, *answer.notes))
    if not answer.is_whole:
        raise AnswerIsNo(text)
    return text


def _finalise(arguments: argparse.Namespace, words: Catalogue) -> str:
    with closing(_library(arguments, must_exist=True)) as library:
        return sealing_commands.finalise(library, arguments.audit, arguments.sign, words)


def _reopen(arguments: argparse.Namespace, words: Catalogue) -> str:
    with closing(_library(arguments, must_exist=True)) as library:
        return sealing_commands.reopen(library, arguments.audit, arguments.reason, words)


def _salvage(arguments: argparse.Namespace, words: Catalogue) -> str:
    made = salvage_command.salvage(arguments.folder, arguments.to, words)
    text = salvage_command.told(made, words)
    if not made.salvaged.audits:
        raise AnswerIsNo(text)
    return text


def _backup(arguments: argparse.Namespace, words: Catalogue) -> str:
    library = arguments.data or library_folder()
    look_first(library)
    return backup_commands.back_up(library, arguments.to, words)


def _restore(arguments: argparse.Namespace, words: Catalogue) -> str:
    library, place = arguments.data or library_folder(), arguments.place
    if arguments.backup is None:
        if arguments.whole or arguments.audit is not None:
            raise UsageProblem("restore", "no_backup_named")
        return backup_commands.told_backups(library, place, words)
    backup = backup_commands.find_backup(library, place, arguments.backup)
    if arguments.whole:
        return backup_commands.put_back_whole(library, backup, words)
    if arguments.audit is not None:
        return backup_commands.put_back_audit(library, backup, arguments.audit, words)
    return backup_commands.told_audits(library, backup, words)


def _list_line(summary: AuditSummary, result: ScoreResult, words: Catalogue) -> str:
    columns = [summary.number, summary.company, words.word(summary.kind)]
    columns += [_points(result, words), _level(result, words), summary.id]
    return "\t".join(column.replace("\t", " ") for column in columns)


def _points(result: ScoreResult, words: Catalogue) -> str:
    return "-".join(score_parts(result)) or words.text("cli", "no_score")


def _level(result: ScoreResult, words: Catalogue) -> str:
    return words.text("cli", "undecided") if result.level is None else words.word(result.level)


def _library(arguments: argparse.Namespace, *, must_exist: bool = False) -> Library:
    """Open the library; one that is only asked for something is not made for that."""
    folder = arguments.data or library_folder()
    if must_exist and not os.path.exists(folder / FILE_NAME):
        raise CommandProblem("no_library", folder=folder)
    look_first(folder)
    return Library(folder, files.who())


def _language(environment: Mapping[str, str]) -> str:
    set_values = filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")))
    return "zh" if next(set_values, "").lower().startswith("zh") else "en"


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _print(text: str) -> None:
    try:
        if text:
            print(text, flush=True)
    except OSError as error:
        raise CommandProblem("cannot_print") from error


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence, without the usage text."""

    def error(self, message: str) -> NoReturn:
        """Raise `UsageProblem`."""
        raise UsageProblem("main.py", "usage", message=message)


def _parser(words: Catalogue) -> _Parser:
    def say(key: str) -> str:
        return words.text("cli", key)

    def options(parser: _Parser, default: Any) -> None:
        parser.add_argument("-h", "--help", action="help", help=say("help"))
        parser.add_argument("--data", metavar="DIR", type=Path, default=default, help=say("data_help"))

    def command(name: str, run: Command) -> _Parser:
        parser = commands.add_parser(name, help=say(f"{name}_help"), add_help=False, allow_abbrev=False)
        parser.set_defaults(command=run)
        options(parser, argparse.SUPPRESS)
        return parser

    top = _Parser(prog="main.py", description=say("about"), add_help=False, allow_abbrev=False)
    options(top, None)
    version = f"auditor-workbench {__version__}"
    top.add_argument("--version", action="version", version=version, help=say("version_help"))
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    demo = command("demo", _demo)
    demo.add_argument("--out", metavar="DIR", type=Path, required=True, help=say("demo_out_help"))
    score = command("score", _score)
    score.add_argument("file", metavar="FILE", type=Path, help=say("file_help"))
    export = command("export", _export)
    export.add_argument("audit", metavar="FILE|AUDIT", help=say("export_audit_help"))
    export.add_argument("--out", metavar="REPORT", type=Path, required=True, help=say("export_out_help"))
    export.add_argument("--lang", choices=("zh", "en", "both"), default="zh", help=say("report_lang_help"))
    export.add_argument("--with-locations", action="store_true", help=say("locations_help"))
    take_in = command("import", _import)
    take_in.add_argument("file", metavar="FILE", type=Path, help=say("file_help"))
    dump = command("dump", _dump)
    dump.add_argument("audit", metavar="AUDIT", help=say("audit_help"))
    dump.add_argument("--out", metavar="FILE", type=Path, required=True, help=say("dump_out_help"))
    command("list", _list)
    check = command("check", _check)
    check.add_argument("audit", metavar="AUDIT", nargs="?", help=say("check_audit_help"))
    pack = command("pack", _pack)
    pack.add_argument("audit", metavar="AUDIT", help=say("audit_help"))
    pack.add_argument("--out", metavar="FILE.zip", type=Path, required=True, help=say("pack_out_help"))
    pack.add_argument("--lang", choices=("zh", "en", "both"), default="zh", help=say("report_lang_help"))
    unpack = command("unpack", _unpack)
    unpack.add_argument("file", metavar="FILE.zip", type=Path, help=say("package_help"))
    unpack.add_argument("--import", dest="take_in", action="store_true", help=say("unpack_import_help"))
    for packing in (pack, unpack):
        packing.add_argument("--password-file", metavar="FILE", type=Path, help=say("password_file_help"))
    backup = command("backup", _backup)
    backup.add_argument("--to", metavar="DIR", type=Path, help=say("backup_to_help"))
    restore = command("restore", _restore)
    restore.add_argument("backup", metavar="BACKUP", nargs="?", help=say("restore_backup_help"))
    restore.add_argument("--from", dest="place", metavar="DIR", type=Path, help=say("restore_from_help"))
    what = restore.add_mutually_exclusive_group()
    what.add_argument("--whole", action="store_true", help=say("restore_whole_help"))
    what.add_argument("--audit", metavar="AUDIT", help=say("restore_audit_help"))
    finalise = command("finalise", _finalise)
    finalise.add_argument("audit", metavar="AUDIT", help=say("audit_help"))
    finalise.add_argument("--sign", metavar="FILE", type=Path, help=say("finalise_sign_help"))
    reopen = command("reopen", _reopen)
    reopen.add_argument("audit", metavar="AUDIT", help=say("audit_help"))
    reopen.add_argument("--reason", metavar="TEXT", required=True, help=say("reopen_reason_help"))
    salvage = command("salvage", _salvage)
    salvage.add_argument("folder", metavar="FOLDER", type=Path, help=say("salvage_folder_help"))
    salvage.add_argument("--to", metavar="DIR", type=Path, required=True, help=say("salvage_to_help"))
    verify = command("verify", _verify)
    verify.add_argument("file", metavar="REPORT.xlsx", type=Path, help=say("verify_file_help"))
    verify.add_argument("--key", metavar="PUBLIC", help=say("verify_key_help"))
    return top
