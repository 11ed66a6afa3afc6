"""What the window knows of proofs and signatures; the composition root knows how they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError
from auditor_app.models.progress import Progress


@dataclass(frozen=True)
class KeyShown:
    """A public key with the name it goes by: the text to mail, and the fingerprint to compare on the telephone."""

    name: str
    text: str
    fingerprint: str


@dataclass(frozen=True)
class Found:
    """What was found about a report, in sentences.

    `is_yes` when it is whole, unchanged and signed with the key that was given, if any; `changes` are places with what
    is there now; `key` is the one that signed, None without a sound signature.
    """

    is_yes: bool
    heading: str
    sentences: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    key: KeyShown | None


class Signer(Protocol):
    """The auditor's key, unlocked for one report."""

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the key."""

    def lines(self, digest: str, day: date) -> list[str]:
        """Return the lines of a signature of a digest, made on a day."""


class ProofDesk(Protocol):
    """Check reports, keep the auditor's key and the keys of others. All raise `AuditorError`."""

    def check(self, path: Path, key: str, words: Catalogue, progress: Progress) -> Found:
        """Check a report, against a public key unless it is empty; may run in the background."""

    def own_key(self) -> KeyShown | None:
        """Return the auditor's public key, None while there is none."""

    def make_key(self, name: str, passphrase: str) -> KeyShown:
        """Make the auditor's key; one that is there already is kept aside and signs no longer."""

    def change_passphrase(self, old: str, new: str) -> None:
        """Keep the auditor's key under another passphrase."""

    def unlock(self, passphrase: str) -> Signer:
        """Return what signs a report; takes a quarter of a second."""

    def save_public(self, path: Path) -> None:
        """Write the auditor's public key to a file for others."""

    def trusted(self) -> tuple[KeyShown, ...]:
        """Return the keys of others that are remembered, by name."""

    def remember(self, name: str, text: str) -> KeyShown:
        """Remember a public key under a name; the same key under another name before is renamed."""

    def forget(self, text: str) -> None:
        """Remember a public key no longer."""

    def read_public(self, path: Path) -> str:
        """Return the text of a public key from a file."""


def told(words: Catalogue, error: AuditorError) -> str:
    """Return what is wrong as a sentence of its own; after the name of a field it would go on in small letters."""
    text = words.error(error)
    return text[:1].upper() + text[1:]
