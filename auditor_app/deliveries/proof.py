"""Reports that prove themselves: checked, and signed with the auditor's key, for window and commands.

The key lies in the folder of the library, under its passphrase; the public keys of others lie beside it.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from auditor_app.exchange.standards import default_standard, shipped_standard
from auditor_app.file_kinds import FileKind, other_file
from auditor_app.files import content_of
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.progress import Progress, unwatched
from auditor_app.models.text import clean_line
from auditor_app.proof.problems import ProofProblem
from auditor_app.storage.atomic_file import all_or_none, write_atomically
from auditor_app.ui.proof_desk import Found, KeyShown

if TYPE_CHECKING:
    from auditor_app.proof.keys import KeyFile, PublicKey
    from auditor_app.proof.signing import Signer
    from auditor_app.proof.verify import Answer

# Workbooks and keys are imported where they are needed, so that nothing else waits for them.

KEY_FILE = "signing-key.json"
TRUSTED_FILE = "trusted-keys.json"
LARGEST_TEXT = 1_000_000
LARGEST_PUBLIC = 4_096
LONGEST_NAME = 100


def verified(path: Path, key: PublicKey | None = None, progress: Progress = unwatched) -> Answer:
    """Check a report, against a key if one is given; raises `ValidationError` or `EnvironmentProblem`.

    What ends the `progress` is raised too.
    """
    from auditor_app.proof.verify import Content, verify
    from auditor_app.workbooks.container import OF_REPORTS
    from auditor_app.workbooks.problems import WorkbookProblem

    try:
        content = content_of(path, OF_REPORTS.file, ProofProblem)
        answer = verify(content, shipped_standard, default_standard(), key, progress)
    except (ProofProblem, WorkbookProblem) as error:
        other = other_file(path, FileKind.REPORT)
        raise other or type(error)(error.path or str(path), error.code, **error.params) from error
    other = other_file(path, FileKind.REPORT) if answer.content is Content.NO_MANIFEST else None
    return answer if other is None else replace(answer, other=other.code)


def public_key(given: str) -> PublicKey:
    """Read a public key, or the file that holds one; raises `ValidationError` or `EnvironmentProblem`."""
    from auditor_app.proof.keys import PREFIX, parse_public

    path = Path(given)
    is_file = not given.startswith(PREFIX) and os.path.exists(path)
    try:
        content = content_of(path, LARGEST_PUBLIC, ProofProblem) if is_file else given.encode()
        return parse_public(content.decode("utf-8-sig", "replace"))
    except ProofProblem as error:
        raise ProofProblem(error.path or given[:LONGEST_NAME], error.code, **error.params) from error


def told(answer: Answer, words: Catalogue, key: PublicKey | None) -> str:
    """Return an answer as lines of text."""
    from auditor_app.proof.telling import changes, heading, sentences

    lines = [heading(answer, words), *sentences(answer, words, key)]
    return "\n".join([*lines, *(f"{place}\t{text}" for place, text in changes(answer, words))])


class Proofs:
    """Check reports, keep the auditor's key and the keys of others in the folder of a library."""

    def __init__(self, library: Path) -> None:
        self._key_file = library / KEY_FILE
        self._trusted_file = library / TRUSTED_FILE

    def check(self, path: Path, key: str, words: Catalogue, progress: Progress) -> Found:
        from auditor_app.proof.telling import changes, heading, sentences

        wanted = public_key(key) if key else None
        answer = verified(path, wanted, progress)
        name = answer.signer if wanted is None else self._name_of(wanted) or answer.signer
        signed_by = None if answer.key is None else _shown(name, answer.key)
        return Found(
            answer.is_yes,
            heading(answer, words),
            tuple(sentences(answer, words, wanted)),
            tuple(changes(answer, words)),
            signed_by,
        )

    def own_key(self) -> KeyShown | None:
        if not os.path.exists(self._key_file):
            return None
        file = self._own()
        return _shown(file.name, file.public)

    def make_key(self, name: str, passphrase: str) -> KeyShown:
        from auditor_app.proof.keys import new_key

        named = _name(name)
        made = new_key(named, passphrase)
        with all_or_none() as aside:
            aside += self._kept_aside()
            self._write(made.encoded())
        return _shown(named, made.public)

    def change_passphrase(self, old: str, new: str) -> None:
        from auditor_app.proof.keys import with_passphrase

        self._write(with_passphrase(self._own(), old, new).encoded())

    def unlock(self, passphrase: str) -> Signer:
        from auditor_app.proof.signing import Signer

        return Signer(self._own(), passphrase)

    def save_public(self, path: Path) -> None:
        write_atomically(path, f"{self._own().public.text}\n".encode())

    def trusted(self) -> tuple[KeyShown, ...]:
        from auditor_app.proof.keys import parse_public

        if not os.path.exists(self._trusted_file):
            return ()
        try:
            found = json.loads(content_of(self._trusted_file, LARGEST_TEXT, ProofProblem))
            keys = [_shown(str(name), parse_public(text)) for text, name in found.items()]
        except (ValueError, AttributeError, TypeError, RecursionError, ProofProblem) as error:
            raise ProofProblem(str(self._trusted_file), "trusted_damaged") from error
        return tuple(sorted(keys, key=lambda key: (key.name, key.text)))

    def remember(self, name: str, text: str) -> KeyShown:
        key = _shown(_name(name), public_key(text))
        self._keep({**{known.text: known.name for known in self.trusted()}, key.text: key.name})
        return key

    def forget(self, text: str) -> None:
        self._keep({known.text: known.name for known in self.trusted() if known.text != text})

    def read_public(self, path: Path) -> str:
        return public_key(str(path)).text

    def _own(self) -> KeyFile:
        from auditor_app.proof.keys import LARGEST_KEY_FILE, decoded

        if not os.path.exists(self._key_file):
            raise ProofProblem(str(self._key_file), "no_key")
        return decoded(content_of(self._key_file, LARGEST_KEY_FILE, ProofProblem))

    def _write(self, content: bytes, path: Path | None = None) -> None:
        write_atomically(path or self._key_file, content, private=True)

    def _kept_aside(self) -> list[Path]:
        """Keep a key that another one takes the place of, for a passphrase may be remembered later; return the copy."""
        if not os.path.exists(self._key_file):
            return []
        moment = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
        aside = self._key_file.with_name(f"{self._key_file.stem}-{moment}.json")
        self._write(content_of(self._key_file, LARGEST_TEXT, ProofProblem), aside)
        return [aside]

    def _keep(self, names: dict[str, str]) -> None:
        write_atomically(self._trusted_file, json.dumps(names, ensure_ascii=False, indent=1).encode(), private=True)

    def _name_of(self, key: PublicKey) -> str:
        return next((known.name for known in self.trusted() if known.text == key.text), "")


def _shown(name: str, key: PublicKey) -> KeyShown:
    return KeyShown(name, key.text, key.fingerprint)


def _name(name: str) -> str:
    named = clean_line(name)[:LONGEST_NAME]
    if not named:
        raise ProofProblem("", "key_without_name")
    return named
