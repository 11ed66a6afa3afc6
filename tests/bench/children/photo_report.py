"""The report of an audit with photos, written in the background of the real window; prints what it cost."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from auditor_app.models.progress import Progress
from auditor_app.session.jobs import Job
from auditor_app.storage.library import Library
from auditor_app.workbench import DiskFiles
from tests.bench.children.take_photos import Heart, megabytes, pause, wait
from tests.bench.window import workbench


def main(folder: Path, target: Path) -> None:
    """Write the report of the audit in a library and print seconds, gaps of the loop, and megabytes."""
    app, heart, ended = QApplication(sys.argv[:1]), Heart(), []
    with workbench(Library(folder, "bench")) as (bench, space):
        space.tabs.setCurrentWidget(space.tabs.report)
        session = bench.session
        write = partial(DiskFiles(folder, "bench").write_report, session.standard, session.audit, "zh", target)

        def work(progress: Progress) -> None:
            write(with_locations=False, progress=progress)

        job = Job(work, session)
        job.done.connect(lambda: ended.append(True))
        job.failed.connect(ended.append)
        heart.start()
        pause(0.3)
        heart.take()
        begun = time.perf_counter()
        job.start()
        wait(lambda: bool(ended))
        measured: dict[str, Any] = {"seconds": time.perf_counter() - begun, "gaps": heart.take()}
        measured |= {"peak": megabytes("VmHWM"), "megabytes": target.stat().st_size / 1e6}
    app.quit()
    if ended != [True]:
        sys.exit(f"the report was not written: {ended}")
    print(json.dumps(measured))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
