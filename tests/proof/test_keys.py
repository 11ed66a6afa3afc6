"""The auditor's key: under a passphrase on the laptop, as a short text in a mail."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.deliveries.proof import KEY_FILE, TRUSTED_FILE, Proofs, public_key
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import AuditorError
from auditor_app.models.progress import unwatched
from auditor_app.proof.keys import PREFIX, PublicKey, decoded, parse_public
from auditor_app.proof.problems import ProofProblem
from tests.proof.reports import AUDITOR, PASSPHRASE, key, signed

OTHER = "另一个 相当长 的口令 在这里"
WORDS = Catalogue.load("zh", "proof")


def code(error: AuditorError) -> str:
    assert WORDS.error(error)
    return error.code


def refused(text: str) -> str:
    with pytest.raises(ProofProblem) as raised:
        parse_public(text)
    return code(raised.value)


def test_a_public_key_survives_a_mail_that_breaks_it_into_lines() -> None:
    text = key(AUDITOR).public.text
    assert parse_public(f"  {text[:20]}\n  {text[20:]}\r\n") == key(AUDITOR).public


@given(st.binary(min_size=32, max_size=32), st.integers(0, 46), st.characters(codec="ascii"))
def test_a_character_mistyped_in_a_public_key_is_noticed(raw: bytes, place: int, typed: str) -> None:
    text = PublicKey(raw).text
    at = len(PREFIX) + place
    wrong = text[:at] + typed + text[at + 1 :]
    if "".join(wrong.split()) != text:
        assert refused(wrong) == "public_key_mistyped"


def test_what_is_no_public_key_is_told() -> None:
    assert refused("") == refused("ssh-ed25519 AAAA") == "no_public_key"
    assert refused(PREFIX) == refused(PREFIX + "é") == "public_key_mistyped"


@pytest.mark.long
def test_only_the_passphrase_unlocks_the_key() -> None:
    file = decoded(key(AUDITOR).encoded())
    file.unlocked(PASSPHRASE)
    for wrong in ("", PASSPHRASE + " ", OTHER):
        with pytest.raises(ProofProblem) as raised:
            file.unlocked(wrong)
        assert code(raised.value) == "wrong_passphrase"


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.pop("pkcs8"),
        lambda found: found.update(version=2),
        lambda found: found["kdf"].update(n=2**40),
        lambda found: found["kdf"].update(n=3),
        lambda found: found["kdf"].update(salt="zz"),
        lambda found: found.update(public="auditor-key-x"),
        lambda found: found.update(name=7),
    ],
)
def test_a_damaged_key_file_is_told_and_costs_no_time(change: object) -> None:
    found = json.loads(key(AUDITOR).encoded())
    change(found)  # type: ignore[operator]
    with pytest.raises(ProofProblem) as raised:
        decoded(json.dumps(found).encode())
    assert code(raised.value) == "key_file_damaged"


@pytest.mark.long
def test_a_file_with_the_public_half_of_another_key_signs_nothing() -> None:
    found = json.loads(key(AUDITOR).encoded()) | {"public": key("王工").public.text}
    with pytest.raises(ProofProblem) as raised:
        decoded(json.dumps(found).encode()).unlocked(PASSPHRASE)
    assert code(raised.value) == "key_file_damaged"


@pytest.mark.long
def test_the_key_is_for_the_person_alone_and_its_passphrase_can_be_changed(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path)
    assert proofs.own_key() is None
    made = proofs.make_key(" 李工 ", PASSPHRASE)
    assert (made.name, proofs.own_key()) == ("李工", made)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    proofs.change_passphrase(PASSPHRASE, OTHER)
    assert proofs.unlock(OTHER).fingerprint == made.fingerprint
    with pytest.raises(ProofProblem):
        proofs.unlock(PASSPHRASE)
    proofs.save_public(tmp_path / "key.txt")
    assert public_key(str(tmp_path / "key.txt")).text == made.text


@pytest.mark.long
def test_another_key_does_not_throw_the_first_away(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path)
    proofs.make_key("李工", PASSPHRASE)
    first = (tmp_path / KEY_FILE).read_bytes()
    proofs.make_key("李工", PASSPHRASE)
    kept = [path.read_bytes() for path in tmp_path.iterdir() if path.name != KEY_FILE]
    assert kept == [first]


@pytest.mark.parametrize(
    ("name", "passphrase", "problem"), [("李工", "short", "passphrase_short"), (" ", PASSPHRASE, "key_without_name")]
)
def test_a_short_passphrase_or_no_name_makes_no_key(tmp_path: Path, name: str, passphrase: str, problem: str) -> None:
    with pytest.raises(ProofProblem) as raised:
        Proofs(tmp_path).make_key(name, passphrase)
    assert code(raised.value) == problem
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_keys_of_others_are_remembered_by_name_and_forgotten(tmp_path: Path) -> None:
    proofs, text = Proofs(tmp_path), key(AUDITOR).public.text
    proofs.remember("李工", text)
    proofs.remember("李工（质检）", text)
    proofs.remember("王工", key("王工").public.text)
    assert [known.name for known in proofs.trusted()] == ["李工（质检）", "王工"]
    report = tmp_path / "report.xlsx"
    report.write_bytes(signed())
    assert proofs.check(report, text, WORDS, unwatched).is_yes
    proofs.forget(text)
    assert [known.name for known in proofs.trusted()] == ["王工"]


def test_a_list_of_keys_that_cannot_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / TRUSTED_FILE).write_text("[1, 2", "utf-8")
    with pytest.raises(ProofProblem) as raised:
        Proofs(tmp_path).remember("李工", key(AUDITOR).public.text)
    assert code(raised.value) == "trusted_damaged"
    assert (tmp_path / TRUSTED_FILE).read_text("utf-8") == "[1, 2"
