"""What the keys do, in the words of the person, place by place."""

from __future__ import annotations

from PySide6.QtCore import QObject


class KeyNames(QObject):
    """The names of the actions and of the places where their keys count."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = self._sheet() | self._lists() | self._viewer() | self._window() | self._everywhere()
        self._scopes = {
            "sheet": self.tr("Scoring sheet"),
            "checklist": self.tr("Document checklist"),
            "findings": self.tr("Findings"),
            "viewer": self.tr("Picture viewer"),
            "window": self.tr("Whole window"),
        }

    def action(self, name: str) -> str:
        """Return what an action does, in words."""
        return self._actions[name]

    def scope(self, scope: str) -> str:
        """Return the name of a place."""
        return self._scopes[scope]

    @property
    def space(self) -> str:
        """Return what the longest key is called."""
        return self.tr("Space")

    def _sheet(self) -> dict[str, str]:
        return {
            "met": self.tr("Met"),
            "not_met": self.tr("Not met"),
            "sampled": self.tr("Met in part, by samples"),
            "deleted": self.tr("Deleted (not applicable)"),
            "unjudged": self.tr("Back to unjudged"),
            "next_unjudged": self.tr("Next unjudged"),
            "samples": self.tr("List the samples"),
            "note": self.tr("Write the note"),
            "finding": self.tr("Make a finding"),
            "expand": self.tr("Open and close the row"),
            "find": self.tr("Find in the sheet"),
        }

    def _lists(self) -> dict[str, str]:
        return {
            "evidence": self.tr("Add evidence"),
            "received": self.tr("Received"),
            "verified": self.tr("Verified"),
            "problem": self.tr("Problem"),
            "awaited": self.tr("Awaited"),
            "remark": self.tr("Write the remark"),
            "major": self.tr("Major"),
            "minor": self.tr("Minor"),
            "observation": self.tr("Observation"),
            "add": self.tr("Add"),
            "remove": self.tr("Remove"),
            "facts": self.tr("Write the facts"),
        }

    def _viewer(self) -> dict[str, str]:
        return {
            "rotate": self.tr("Rotate"),
            "zoom_in": self.tr("Larger"),
            "zoom_out": self.tr("Smaller"),
            "fit": self.tr("Whole picture"),
            "next": self.tr("Next picture"),
            "previous": self.tr("Previous picture"),
            "arrow": self.tr("Draw an arrow"),
            "box": self.tr("Draw a box"),
            "close": self.tr("Close"),
        }

    def _window(self) -> dict[str, str]:
        return {
            "keys": self.tr("Show the keys"),
            "settings": self.tr("Keys and settings"),
            "board": self.tr("Score board"),
            "explain": self.tr("Explain the level"),
            "find_all": self.tr("Find in the scoring sheet"),
            "find_audit": self.tr("Find an audit"),
            "history": self.tr("History of the selected place"),
            "new": self.tr("New audit"),
            "import": self.tr("Import audit file"),
            "export": self.tr("Export Excel report"),
            "dump": self.tr("Export audit file"),
            "quit": self.tr("Quit"),
            "tab1": self.tr("To the company profile"),
            "tab2": self.tr("To the document checklist"),
            "tab3": self.tr("To the scoring sheet"),
            "tab4": self.tr("To the findings"),
            "tab5": self.tr("To the report"),
        }

    def _everywhere(self) -> dict[str, str]:
        return {
            "undo": self.tr("Undo"),
            "redo": self.tr("Redo"),
            "clipboard": self.tr("Copy, cut and paste"),
            "menus": self.tr("Open a menu"),
            "move": self.tr("Move about"),
            "edit_cell": self.tr("Type into the cell"),
            "back": self.tr("Back to the list"),
        }
