"""Signatures: who says that a report is theirs, and whether that is so."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auditor_app.models.text import clean_line
from auditor_app.proof.keys import KeyFile, PublicKey, parse_public
from auditor_app.proof.problems import ProofProblem

_HEAD = "auditor-workbench signature 1"
_KEYS = ("signer", "signed", "key", "signature")
SIGNATURE_BYTES = 64
LONGEST_NAME = 100


class SignatureDamaged(Exception):
    """A signature that is not as it was written."""


@dataclass(frozen=True)
class Signature:
    """A signature as it stands in a report: the name and day it claims, the key, and what proves them."""

    signer: str
    signed_on: date
    key: PublicKey
    proof: bytes

    def fits(self, digest: str) -> bool:
        """Say whether the key signed this digest with this name and day."""
        return self.key.has_signed(_message(digest, self.signer, self.signed_on, self.key), self.proof)

    def lines(self) -> list[str]:
        """Return the lines that stand in the report."""
        proof = base64.urlsafe_b64encode(self.proof).decode()
        values = (json.dumps(self.signer), self.signed_on.isoformat(), self.key.text, proof)
        return [f"{key} {value}" for key, value in zip(_KEYS, values, strict=True)]


class Signer:
    """A key that is unlocked, for as long as one report takes."""

    def __init__(self, file: KeyFile, passphrase: str) -> None:
        """Unlock the key; takes a quarter of a second; raises `ProofProblem` for a wrong passphrase."""
        self._private: Ed25519PrivateKey = file.unlocked(passphrase)
        self.key = file.public
        self.name = clean_line(file.name)[:LONGEST_NAME]

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the key."""
        return self.key.fingerprint

    def lines(self, digest: str, day: date) -> list[str]:
        """Return the lines of a signature of a digest, made on a day."""
        proof = self._private.sign(_message(digest, self.name, day, self.key))
        return Signature(self.name, day, self.key, proof).lines()


def parsed_signature(lines: list[str]) -> Signature | None:
    """Read the lines of a signature, None when there are none; raises `SignatureDamaged`."""
    if not lines:
        return None
    found = dict(line.split(" ", 1) for line in lines if " " in line)
    if tuple(found) != _KEYS or len(lines) != len(_KEYS):
        raise SignatureDamaged
    try:
        signer = json.loads(found["signer"])
        proof = base64.b64decode(found["signature"], altchars=b"-_", validate=True)
        signed_on, key = date.fromisoformat(found["signed"]), parse_public(found["key"])
    except (ValueError, binascii.Error, RecursionError, ProofProblem) as error:
        raise SignatureDamaged from error
    if not isinstance(signer, str) or len(signer) > LONGEST_NAME or len(proof) != SIGNATURE_BYTES:
        raise SignatureDamaged
    return Signature(signer, signed_on, key, proof)


def is_signature_line(line: str) -> bool:
    """Say whether a line of a report belongs to its signature."""
    return line.split(" ", 1)[0] in _KEYS


def _message(digest: str, signer: str, signed_on: date, key: PublicKey) -> bytes:
    lines = (_HEAD, f"sha256 {digest}", f"signer {json.dumps(signer)}", f"signed {signed_on.isoformat()}")
    return "\n".join((*lines, f"key {key.text}")).encode()
