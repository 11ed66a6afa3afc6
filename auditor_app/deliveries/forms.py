"""Forms of certification bodies, for the window: read, filled in, and what is remembered of them kept.

The form itself is never changed: what is filled is a copy.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor_app.files import content_of
from auditor_app.models.audit import Audit
from auditor_app.models.forms import Choices, FieldName, Filled, FormPreview
from auditor_app.models.progress import Progress
from auditor_app.models.standard import Standard
from auditor_app.storage.atomic_file import check_target, replaced_atomically, write_atomically

if TYPE_CHECKING:
    from auditor_app.forms.mapping import Bodies
    from auditor_app.ui.form_desk import OpenForm

# Excel is imported where it is needed, so that nothing else waits for it.

MEMORY = "forms.json"


class ReadForm:
    """A form as it was read; `OpenForm` of the window."""

    def __init__(self, path: Path, data: bytes, memory: Path) -> None:
        """Look into a form; raises `FormProblem`."""
        from auditor_app.forms.scan import scanned

        self.path = path
        self._data = data
        self._memory = memory
        self._form = scanned(data)
        self.keys = tuple(dict.fromkeys(place.key for place in self._form.places))
        """The placeholders in braces; of defined names most forms have some for themselves."""

    def preview(self, body: str, choices: Choices, standard: Standard, audit: Audit, language: str) -> FormPreview:
        """Return what goes where; raises `AuditorError`."""
        from auditor_app.forms.catalogue import Fields
        from auditor_app.forms.preview import previewed

        known = _remembered(self._memory).get(body) if body else None
        return previewed(self._form, Fields(standard, audit, language, date.today()), choices, known)

    def fill(
        self, choices: Choices, standard: Standard, audit: Audit, language: str, path: Path, progress: Progress
    ) -> Filled:
        """Write a filled copy; raises `AuditorError`, and what was there before is then untouched."""
        from auditor_app.forms.catalogue import Fields
        from auditor_app.forms.filling import filled
        from auditor_app.forms.problems import FormProblem

        check_target(path)
        with suppress(OSError):
            if os.path.samefile(path, self.path):
                raise FormProblem("is_the_form")
        fields = Fields(standard, audit, language, date.today())
        with replaced_atomically(path) as file:
            return filled(self._data, fields, choices, file, progress)


class Forms:
    """The forms of one library; `FormDesk` of the window."""

    def __init__(self, library: Path) -> None:
        self._memory = library / MEMORY

    def open(self, path: Path) -> ReadForm:
        """Read a form; raises `FormProblem` or `EnvironmentProblem`."""
        return ReadForm(path, _read(path), self._memory)

    def fields(self, standard: Standard, audit: Audit, language: str) -> tuple[FieldName, ...]:
        """Return the fields a placeholder can stand for, each with what it holds."""
        from auditor_app.forms.catalogue import Fields

        return tuple(Fields(standard, audit, language, date.today()).choices())

    def bodies(self) -> tuple[str, ...]:
        """Return the bodies whose forms are remembered, the one used last first; raises `AuditorError`."""
        return tuple(_remembered(self._memory))[::-1]

    def body_of(self, form: OpenForm) -> str:
        """Return the body whose form this most likely is, empty for none; raises `AuditorError`."""
        from auditor_app.forms.mapping import body_of

        return body_of(_remembered(self._memory), _keys(form))

    def choices(self, body: str) -> Choices:
        """Return what was decided by hand about the placeholders of a body; raises `AuditorError`."""
        known = _remembered(self._memory).get(body)
        return known.choices if known is not None else {}

    def remember(self, body: str, form: OpenForm | None, choices: Choices) -> None:
        """Remember the decisions for a body, and of a form that was filled its placeholders; raises `AuditorError`."""
        from auditor_app.forms.mapping import with_body, written

        bodies = with_body(_remembered(self._memory), body, choices, None if form is None else _keys(form))
        write_atomically(self._memory, written(bodies), private=True)


def _keys(form: OpenForm) -> tuple[str, ...]:
    assert isinstance(form, ReadForm)
    return form.keys


def _remembered(memory: Path) -> Bodies:
    from auditor_app.forms.mapping import LARGEST, read

    return read(content_of(memory, LARGEST)) if os.path.exists(memory) else {}


def _read(path: Path) -> bytes:
    from auditor_app.forms.guard import LARGEST_FILE
    from auditor_app.forms.problems import FormProblem

    # Something that is no file might never end, or never begin.
    if not os.path.isfile(path):
        raise FormProblem("no_such_form" if not os.path.exists(path) else "not_a_workbook")
    return content_of(path, LARGEST_FILE)
