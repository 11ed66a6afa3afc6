"""Do the whole main job in a window and tell what was asked of the system: `python -m tests.main_job FOLDER`.

Everything the program does with files and for others happens once: take in, edit, photos, logo, keys, report, PDF,
packages, replies, forms, check, backup, another look, the end. The umask is 0, so that every file shows its own rights.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ASKED: Counter[str] = Counter()
WATCHED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile")
OTHERS = ("urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect", "webbrowser.open", "pty.spawn")


def _watch(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(WATCHED) or event in OTHERS:
        ASKED[event] += 1


# Before anything else is imported: what an import asks for counts too.
sys.addaudithook(_watch)

from PySide6.QtCore import QTimer  # noqa: E402

from auditor_app import app  # noqa: E402
from auditor_app.models.audit import Kind, only_row  # noqa: E402
from auditor_app.models.catalogue import Catalogue  # noqa: E402
from auditor_app.models.changes import set_fields  # noqa: E402
from auditor_app.models.enums import EvidenceSubject  # noqa: E402
from auditor_app.models.packed import Packing  # noqa: E402
from auditor_app.models.progress import unwatched  # noqa: E402
from auditor_app.session.batch import Place  # noqa: E402
from auditor_app.storage.backup import make_backup  # noqa: E402
from auditor_app.workbench import Workbench  # noqa: E402
from tests.forms.body_form import body_form  # noqa: E402
from tests.report.photographed import photo  # noqa: E402

PASSWORD = "Kiefern-Zapfen-9"
TOPICS = ("exchange", "report", "proof", "packages", "replies", "forms")


def job(bench: Workbench, library: Path, out: Path) -> Iterator[Callable[[], bool]]:
    """Work step by step; each step gives what must be so before the next one."""
    session, space, words = bench.session, bench.workspace, Catalogue.load("zh", *TOPICS)
    assert space is not None
    company = only_row(Kind.COMPANY)
    session.submit(set_fields(Kind.COMPANY, company, session.audit.company, {"name": "泵业"}), "name")
    for place in range(space.tabs.count()):
        space.tabs.setCurrentIndex(place)
        yield lambda: True
    picture = out / "photo.jpg"
    picture.write_bytes(photo(1))
    batch = bench.evidence.attaching.attach(
        Place(session.audit.id, EvidenceSubject.INDICATOR, "5.1.1.1"), [picture], "photo"
    )
    yield lambda: not batch.is_running
    (row,) = session.audit.evidence
    bench.evidence.thumbnails.request(row.sha256)
    yield lambda: bench.evidence.thumbnails.image(row.sha256) is not None
    standard, audit, desk = session.standard, session.audit, bench._deliveries
    bench._files.keep_logo(picture)
    own = desk.proof.make_key("李工", PASSWORD)
    desk.proof.remember("张工", own.text)
    signer = desk.proof.unlock(PASSWORD)
    written = {"with_locations": True, "progress": unwatched}
    bench._files.write_report(standard, audit, "zh", out / "report.xlsx", signer=signer, **written)  # type: ignore[arg-type]
    bench._files.write_report(standard, audit, "zh", out / "locked.xlsx", password=PASSWORD, **written)  # type: ignore[arg-type]
    assert desk.proof.check(out / "report.xlsx", own.text, words, unwatched).is_yes
    desk.pdf.write(standard, audit, "zh", out / "report.pdf", unwatched, with_locations=False)
    bench._files.write_audit(standard, audit, out / "audit.json")
    bench._files.take_audit(out / "audit.json", unwatched)
    desk.packages.write_bundle(standard, audit, out / "bundle.zip", Packing(bare=True), unwatched)
    desk.packages.write_sealed(standard, audit, out / "sealed.zip", Packing(password=PASSWORD), unwatched)
    opened = desk.packages.open_sealed(out / "sealed.zip", PASSWORD, unwatched)
    assert opened.is_whole
    bench.evidence.path(row.sha256).unlink()
    desk.packages.take_evidence(opened, unwatched)
    assert bench.evidence.holds(row.sha256)
    desk.replies.write_replies(standard, audit, out / "replies.xlsx")
    desk.replies.read_replies(standard, audit, words, out / "replies.xlsx")
    (out / "form.xlsx").write_bytes(body_form())
    form = desk.forms.open(out / "form.xlsx")
    form.fill({}, standard, audit, "zh", out / "filled.xlsx", unwatched)
    desk.forms.remember("机构", form, {})
    assert make_backup(library) is not None
    bench._change_look("dark", "en")
    yield lambda: True
    bench._failures.show_log()
    yield lambda: bench._failures._dialog is not None
    bench._logbook.save_log(bench._logbook.report(), out / "log.zip")
    assert bench._failures._dialog is not None
    bench._failures._dialog.accept()
    yield lambda: bench._failures._dialog is None
    (out / "state.json").write_text(json.dumps(rights(library)))
    bench.window.close()


def rights(folder: Path) -> dict[str, int]:
    """Return the rights of everything in a folder, and its own."""
    return {str(path.relative_to(folder)): path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


def main(folder: Path) -> int:
    """Do the job in `folder` and print what was asked for, and the rights of every file of the library, as JSON."""
    os.umask(0)
    library, out = folder / "library", folder / "out"
    out.mkdir()
    shown = Workbench.show
    timer = QTimer(interval=20)

    def show(bench: Workbench) -> None:
        shown(bench)
        steps: list[Iterator[Callable[[], bool]]] = []
        waits: list[Callable[[], bool]] = [lambda: bench.workspace is not None]

        def go_on() -> None:
            if not waits[-1]():
                return
            if not steps:
                steps.append(job(bench, library, out))
            try:
                waits.append(next(steps[0]))
            except StopIteration:
                timer.stop()
            except BaseException:
                timer.stop()
                bench._app.exit(9)
                raise

        timer.timeout.connect(go_on)
        timer.start()

    Workbench.show = show  # type: ignore[method-assign, assignment]
    code = app.run(["--data", str(library), "--sample"])
    open_rights = json.loads((out / "state.json").read_text()) if (out / "state.json").exists() else {}
    print(json.dumps({"code": code, "asked": ASKED, "open": open_rights, "closed": rights(library)}))
    print((library / "logs" / "workbench.log").read_text("utf-8"), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
