"""The auditor's key: the public half as a short text for mail, the private half in a file under a passphrase."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from hashlib import scrypt, sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from auditor_app.proof.problems import ProofProblem

PREFIX = "auditor-key-"
FORMAT = "auditor-workbench.signing-key"
SHORTEST_PASSPHRASE = 10
LARGEST_KEY_FILE = 16_384
_CHECK_BYTES = 3
_WORK, _BLOCK = 2**16, 8
"""scrypt with 64 MB and about a quarter of a second for every guess at a passphrase."""
_MOST_WORK = 2**18
_GROUPS, _GROUP = 5, 4
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class PublicKey:
    """The public half of a key, 32 bytes."""

    raw: bytes

    @property
    def text(self) -> str:
        """Return it as a short text that notices a typing error."""
        return PREFIX + _base64(self.raw + _check(self.raw))

    @property
    def fingerprint(self) -> str:
        """Return five groups of four letters and digits to compare on the telephone."""
        digits = base64.b32encode(sha256(self.raw).digest()).decode()
        return "-".join(digits[start : start + _GROUP] for start in range(0, _GROUPS * _GROUP, _GROUP))

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Say whether a signature of a message was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class KeyFile:
    """A key as it is kept: the private half under the passphrase, the public half and the name in the open."""

    public: PublicKey
    name: str
    salt: bytes
    work: int
    pkcs8: str

    def encoded(self) -> bytes:
        """Return the content of the file."""
        content = {
            "format": FORMAT,
            "version": 1,
            "name": self.name,
            "public": self.public.text,
            "kdf": {"name": "scrypt", "n": self.work, "r": _BLOCK, "p": 1, "salt": self.salt.hex()},
            "pkcs8": self.pkcs8,
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    def unlocked(self, passphrase: str) -> Ed25519PrivateKey:
        """Return the private half; raises `ProofProblem` for a wrong passphrase or a damaged file."""
        password = _stretched(passphrase, self.salt, self.work)
        try:
            private = serialization.load_pem_private_key(self.pkcs8.encode(), password)
        except (ValueError, TypeError) as error:
            raise ProofProblem("", "wrong_passphrase") from error
        if not isinstance(private, Ed25519PrivateKey) or _public(private) != self.public:
            raise ProofProblem("", "key_file_damaged")
        return private


def new_key(name: str, passphrase: str) -> KeyFile:
    """Make a key; raises `ProofProblem` for a passphrase that is too short."""
    return _locked(Ed25519PrivateKey.generate(), name, passphrase)


def with_passphrase(file: KeyFile, old: str, new: str) -> KeyFile:
    """Return the same key under another passphrase; raises `ProofProblem`."""
    return _locked(file.unlocked(old), file.name, new)


def decoded(content: bytes) -> KeyFile:
    """Read the content of a key file; raises `ProofProblem`."""
    try:
        found = json.loads(content[: LARGEST_KEY_FILE + 1])
        kdf = found["kdf"]
        known = (found["format"], found["version"], kdf["name"], kdf["r"], kdf["p"]) == (FORMAT, 1, "scrypt", _BLOCK, 1)
        work, salt, pkcs8, name = kdf["n"], bytes.fromhex(kdf["salt"]), found["pkcs8"], found["name"]
        sound = isinstance(work, int) and 2 <= work <= _MOST_WORK and work & (work - 1) == 0
        if not (known and sound and isinstance(pkcs8, str) and isinstance(name, str)):
            raise ProofProblem("", "key_file_damaged")
        return KeyFile(parse_public(found["public"]), name, salt, work, pkcs8)
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError, ProofProblem) as error:
        raise ProofProblem("", "key_file_damaged") from error


def parse_public(text: str) -> PublicKey:
    """Read a public key as it was mailed, line breaks and all; raises `ProofProblem`."""
    found = _SPACE.sub("", text)
    if not found.startswith(PREFIX):
        raise ProofProblem("", "no_public_key")
    try:
        content = base64.b64decode(found.removeprefix(PREFIX) + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofProblem("", "public_key_mistyped") from error
    raw, check = content[:-_CHECK_BYTES], content[-_CHECK_BYTES:]
    if len(raw) != 32 or check != _check(raw) or PREFIX + _base64(content) != found:
        raise ProofProblem("", "public_key_mistyped")
    return PublicKey(raw)


def _locked(private: Ed25519PrivateKey, name: str, passphrase: str) -> KeyFile:
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise ProofProblem("", "passphrase_short", least=SHORTEST_PASSPHRASE)
    salt = os.urandom(16)
    pkcs8 = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_stretched(passphrase, salt, _WORK)),
    )
    return KeyFile(_public(private), name, salt, _WORK, pkcs8.decode())


def _public(private: Ed25519PrivateKey) -> PublicKey:
    return PublicKey(private.public_key().public_bytes_raw())


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    """Return the password of the PKCS8 form: its own way from password to key costs a guesser too little."""
    typed = unicodedata.normalize("NFC", passphrase).encode()
    memory = 128 * _BLOCK * (work + 4)
    return scrypt(typed, salt=salt, n=work, r=_BLOCK, p=1, maxmem=memory, dklen=32).hex().encode()


def _check(raw: bytes) -> bytes:
    return sha256(b"auditor-key" + raw).digest()[:_CHECK_BYTES]


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
