"""In what state a library is found, and which ways on there are; the words for them are in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType


class State(StrEnum):
    """How a library stands before it is opened; the words are keys of the catalogue."""

    READY = "ready"
    NEW = "new"
    """Nothing is there yet, and nothing was."""
    OLD = "old"
    """Of an older schema: it is brought to the present one while it is opened."""
    GONE = "gone"
    """The library is missing where it was."""
    BUSY = "busy"
    """Another program holds it for itself."""
    OPEN_ELSEWHERE = "open_elsewhere"
    """Another window has it open and does not answer."""
    READ_ONLY = "read_only"
    NEWER = "newer"
    FOREIGN = "foreign"
    ALTERED = "altered"
    """Somebody put things into the file that would run and that no program of ours made."""
    TORN = "torn"
    """Of the last steps, which lie in a file of their own, some do not read any more."""
    DAMAGED = "damaged"
    OUT_OF_REACH = "out_of_reach"
    DISK_FULL = "disk_full"
    DISK_FAILS = "disk_fails"
    UNMIGRATED = "unmigrated"
    """Bringing it to the present schema failed; it is as it was."""


class Way(StrEnum):
    """What can be done with a library that does not open as usual."""

    AGAIN = "again"
    READ_ONLY = "read_only"
    WITHOUT_TORN = "without_torn"
    """Keep all files aside as they are and open what reads."""
    RESTORE = "restore"
    SALVAGE = "salvage"
    OTHER_FOLDER = "other_folder"
    START_NEW = "start_new"
    QUIT = "quit"
    GO_ON = "go_on"
    """Leave an open library as it is."""


@dataclass(frozen=True)
class Condition:
    """What was found out about a library without writing to it; `params` are of the sentence for its state."""

    state: State
    path: Path
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def opens(self) -> bool:
        """Say whether the library can be opened as usual."""
        return self.state in (State.READY, State.NEW, State.OLD)

    @property
    def ways(self) -> tuple[Way, ...]:
        """Return the ways on, the best one first."""
        return WAYS.get(self.state, ())


_REPAIRS = (Way.RESTORE, Way.SALVAGE, Way.READ_ONLY, Way.OTHER_FOLDER)
WAYS: Mapping[State, tuple[Way, ...]] = MappingProxyType(
    {
        State.GONE: (Way.RESTORE, Way.OTHER_FOLDER, Way.AGAIN, Way.START_NEW),
        State.BUSY: (Way.AGAIN, Way.READ_ONLY, Way.OTHER_FOLDER),
        State.OPEN_ELSEWHERE: (Way.AGAIN, Way.READ_ONLY),
        State.READ_ONLY: (Way.READ_ONLY, Way.AGAIN, Way.OTHER_FOLDER),
        State.NEWER: (Way.OTHER_FOLDER,),
        State.FOREIGN: (Way.OTHER_FOLDER,),
        State.ALTERED: (Way.RESTORE, Way.SALVAGE, Way.OTHER_FOLDER),
        State.TORN: (Way.WITHOUT_TORN, Way.RESTORE, Way.READ_ONLY, Way.OTHER_FOLDER),
        State.DAMAGED: _REPAIRS,
        State.OUT_OF_REACH: (Way.AGAIN, Way.OTHER_FOLDER),
        State.DISK_FULL: (Way.AGAIN, Way.READ_ONLY, Way.OTHER_FOLDER),
        State.DISK_FAILS: (Way.AGAIN, *_REPAIRS),
        State.UNMIGRATED: (Way.AGAIN, Way.READ_ONLY, Way.OTHER_FOLDER),
    }
)
