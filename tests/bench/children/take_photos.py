"""Take photos as the window does, in the background, while the loop of a program without windows beats."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from auditor_app import evidence
from auditor_app.models.stored import StoredFacts
from auditor_app.session.intake import Intake
from auditor_app.session.thumbnails import PIXELS, Thumbnails
from auditor_app.storage.evidence_store import EvidenceStore

BEAT_MS = 1
WARM_UP_MS = 300


class Heart(QObject):
    """Beat every millisecond and remember how long the loop let it wait."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self._clock.start()
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        self.gaps.append(self._clock.nsecsElapsed() / 1e9)
        self._clock.restart()


class Taking(QObject):
    """Add the photos of a folder and ask for the thumbnail of each, as the strip of evidence does."""

    def __init__(self, source: Path, library: Path, app: QApplication) -> None:
        super().__init__()
        self._paths = sorted(source.iterdir())
        self._app = app
        self._shown = 0
        self.seconds = 0.0
        store = EvidenceStore(library)
        self.intake = Intake(partial(evidence.take, store))
        self.thumbnails = Thumbnails(store.path, library / "thumbnails", partial(evidence.thumbnail, pixels=PIXELS))
        self.intake.added.connect(self._on_added)
        self.intake.refused.connect(self._on_refused)
        self.thumbnails.ready.connect(self._on_ready)
        self.thumbnails.failed.connect(self._on_refused)

    def start(self) -> None:
        """Hand all photos over at once."""
        self._begun = time.perf_counter()
        self.intake.add(self._paths)

    def _on_added(self, facts: StoredFacts) -> None:
        self.thumbnails.request(facts.sha256)

    def _on_ready(self, sha256: str) -> None:
        self._shown += self.thumbnails.image(sha256) is not None
        if self._shown == len(self._paths):
            self.seconds = time.perf_counter() - self._begun
            self._app.quit()

    def _on_refused(self, name: str, _error: Any) -> None:
        raise RuntimeError(f"{name} was not taken")


def peak_megabytes() -> float | None:
    """Return the most memory this process ever had, where the system tells it in a known unit."""
    if sys.platform != "linux":
        return None
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    (line,) = [line for line in status if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def main(source: Path, library: Path) -> None:
    """Take every photo of a folder and print the seconds, the gaps of the loop, and the memory."""
    app = QApplication(sys.argv[:1])

    def give_up(*error: Any) -> None:
        sys.__excepthook__(*error)
        app.exit(1)

    # Qt goes on after an exception in a slot, and would wait for ever for a photo that was not taken.
    sys.excepthook = give_up
    heart, taking = Heart(), Taking(source, library, app)
    heart.start()
    QTimer.singleShot(WARM_UP_MS, taking.start)
    if app.exec():
        sys.exit(1)
    taking.intake.close()
    taking.thumbnails.close()
    print(json.dumps({"seconds": taking.seconds, "gaps": heart.gaps, "megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
