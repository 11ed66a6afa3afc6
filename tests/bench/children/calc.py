"""LibreOffice Calc opens a report, takes a verdict, works the score out and saves; run by the Python that has `uno`.

Prints the seconds of each step: `usable` from the start of the program to the loaded sheet, `opened` for loading it in
the running program, `recalculated` from the cell to the new total, neither stored nor painted, `recalculated_all` for
every formula of the workbook, `saved` for writing the file.
"""

# mypy: ignore-errors

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "auditor-workbench-bench"
PATIENCE_SECONDS = 60


def main(report: str, target: str) -> None:
    """Do what a person does with the sheet, once."""
    with tempfile.TemporaryDirectory() as profile:
        begun = time.monotonic()
        office = subprocess.Popen(
            [
                *("soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={PIPE};urp;"),
                f"-env:UserInstallation={Path(profile).as_uri()}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            desktop = _desktop()
            document = _open(desktop, report)
            usable = time.monotonic() - begun
            document.close(True)
            begun = time.monotonic()
            document = _open(desktop, report)
            opened = time.monotonic() - begun
            recalculated = _judge(document)
            begun = time.monotonic()
            document.calculateAll()
            recalculated_all = time.monotonic() - begun
            begun = time.monotonic()
            document.storeToURL(Path(target).resolve().as_uri(), (_named("FilterName", "Calc MS Excel 2007 XML"),))
            saved = time.monotonic() - begun
            document.close(True)
            desktop.terminate()
            office.wait(PATIENCE_SECONDS)
        finally:
            office.kill()
    steps = {"usable": usable, "opened": opened, "recalculated": recalculated, "recalculated_all": recalculated_all}
    print(json.dumps({**steps, "saved": saved}))


def _desktop():
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _open(desktop, report):
    return desktop.loadComponentFromURL(Path(report).resolve().as_uri(), "_blank", 0, (_named("Hidden", True),))


def _judge(document) -> float:
    """Put other verdicts into one cell by turns and read the total; return the median of the seconds it took."""
    names = document.NamedRanges
    verdict, score = (names.getByName(name).getReferredCells().getCellByPosition(0, 0) for name in NAMES)
    words, samples = (verdict.String, WORSE), []
    for number in range(11):
        before = score.Value
        begun = time.monotonic()
        verdict.String = words[(number + 1) % 2]
        after = score.Value
        samples.append(time.monotonic() - begun)
        if after == before:
            raise RuntimeError("the verdict did not move the total")
    return sorted(samples)[len(samples) // 2]


def _named(name: str, value: object):
    return PropertyValue(Name=name, Value=value)


NAMES = ("verdict_5_1_1_1", "score")
WORSE = "不符合"

if __name__ == "__main__":
    main(*sys.argv[1:])
