"""What the program did, as kinds and counts, for the log; never what somebody wrote."""

from __future__ import annotations

import logging
import re

LOGGER = "auditor_app"

_LOG = logging.getLogger(LOGGER)
_WORD = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")


def note(event: str, **facts: int | str) -> None:
    """Log that something happened.

    Facts are numbers and words of the program (kinds, fields, codes); any other text is left out, so that no name, note
    or path gets into the log by mistake.
    """
    if _LOG.isEnabledFor(logging.INFO):
        _LOG.info(" ".join([safe_word(event), *(f"{name}={safe_word(value)}" for name, value in facts.items())]))


def safe_word(value: object) -> str:
    """Return a number or a word of the program as text, and "?" for anything else."""
    if isinstance(value, int):
        return str(int(value))
    return str(value) if isinstance(value, str) and _WORD.fullmatch(value) else "?"
