"""Identifiers made on the laptop, so that work from two laptops can meet."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from typing import NewType

AuditId = NewType("AuditId", str)
RowId = NewType("RowId", str)
Clause = NewType("Clause", str)

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a UUID version 7 (RFC 9562) that sorts after every one made before it in this process."""
    global _last
    stamp = time.time_ns() // 1_000_000
    with _lock:
        # 12 bits below the millisecond count ids made within it, so order survives a burst or a clock set back.
        _last = max(_last + 1, stamp << 12)
        milliseconds, counter = _last >> 12, _last & 0xFFF
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
