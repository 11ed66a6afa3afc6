"""What was decided about the placeholders of one form, and how much of it is remembered for the body."""

from __future__ import annotations

from auditor_app.models.forms import Choice, Choices
from auditor_app.ui.form_desk import FormDesk, OpenForm


class Decisions:
    """Begin empty; `go_on_for` takes over what is remembered of a body, `keep` remembers."""

    def __init__(self, desk: FormDesk) -> None:
        self._desk = desk
        self._remembered: Choices = {}
        self._choices: dict[str, Choice] = {}
        self.body = ""
        """Whose form it is, empty for nobody's."""

    @property
    def choices(self) -> dict[str, Choice]:
        """Return what holds now, by key of the placeholder."""
        return dict(self._choices)

    @property
    def are_kept(self) -> bool:
        """Say whether all of it is remembered."""
        return self._choices == self._remembered

    def decide(self, key: str, choice: Choice | None) -> None:
        """Decide about a placeholder; None is what its name says."""
        if choice is None:
            self._choices.pop(key, None)
        else:
            self._choices[key] = choice

    def go_on_for(self, body: str) -> None:
        """Go on with what is remembered of a body, and with what was decided here since; raises `AuditorError`.

        What is remembered is taken for nothing then, and the body is another all the same.
        """
        here = {key: choice for key, choice in self._choices.items() if self._remembered.get(key) != choice}
        self.body, self._remembered, self._choices = body, {}, here
        self._remembered = self._desk.choices(body)
        self._choices = {**self._remembered, **here}

    def keep(self, form: OpenForm | None) -> None:
        """Remember it for the body, and the placeholders of a form that was filled; raises `AuditorError`."""
        self._desk.remember(self.body, form, self._choices)
        self._remembered = self.choices
