"""Ways to spoil the bytes of a database and of a log, for the fuzzers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from auditor_app.storage.write_log import FRAME_HEADER, HEADER

PAGE = 4096
Spoil = Callable[[Random, bytearray], set[int]]

# Ways to spoil a database; each returns the pages it touched.


def _flip(luck: Random, data: bytearray) -> set[int]:
    touched = set()
    for _ in range(luck.choice((1, 1, 5, 60))):
        place = luck.randrange(len(data))
        data[place] ^= 1 << luck.randrange(8)
        touched.add(place // PAGE + 1)
    return touched


def _overwrite(content: Callable[[Random], bytes]) -> Spoil:
    def spoil(luck: Random, data: bytearray) -> set[int]:
        touched = {luck.randrange(len(data) // PAGE) + 1 for _ in range(luck.choice((1, 1, 3, 12)))}
        for number in touched:
            data[(number - 1) * PAGE : number * PAGE] = content(luck)
        return touched

    return spoil


def _heads(luck: Random, data: bytearray) -> set[int]:
    """Spoil the heads and lists of pages, where readers believe what they find."""
    touched = {luck.randrange(len(data) // PAGE) + 1 for _ in range(luck.choice((1, 4, 20)))}
    for number in touched:
        place = (number - 1) * PAGE + (100 if number == 1 else 0) + luck.randrange(40)
        data[place] = luck.choice((0, 1, 2, 5, 10, 13, 0x7F, 0x80, 0xFF))
    return touched


def _interior(luck: Random, data: bytearray) -> set[int]:
    """Spoil a page that leads to others."""
    inner = [at for at in range(PAGE, len(data), PAGE) if data[at] in (2, 5)]
    if not inner:
        return _heads(luck, data)
    place = luck.choice(inner)
    data[place : place + PAGE] = luck.choice((bytes(PAGE), luck.randbytes(PAGE)))
    return {place // PAGE + 1}


def _swap(luck: Random, data: bytearray) -> set[int]:
    one, two = (luck.randrange(1, len(data) // PAGE) for _ in range(2))
    pages = [bytes(data[at * PAGE : (at + 1) * PAGE]) for at in (one, two)]
    data[one * PAGE : (one + 1) * PAGE], data[two * PAGE : (two + 1) * PAGE] = reversed(pages)
    return {one + 1, two + 1}


def _cut(luck: Random, data: bytearray) -> set[int]:
    kept, whole = luck.randrange(PAGE, len(data)), len(data) // PAGE
    del data[kept:]
    return set(range(kept // PAGE + 1, whole + 1))


def _first(luck: Random, data: bytearray) -> set[int]:
    """Spoil the first page, or the first bytes, that tell what the file is."""
    length = luck.choice((1, 16, 100, PAGE))
    start = luck.randrange(101 - length) if length < 100 else 0
    data[start : start + length] = luck.choice((bytes(length), luck.randbytes(length)))
    return {1}


SPOILS: tuple[Spoil, ...] = (
    *(_flip, _flip, _heads, _interior, _swap, _cut, _first),
    *(_overwrite(lambda _: bytes(PAGE)), _overwrite(lambda luck: luck.randbytes(PAGE))),
)


# Ways to spoil a log.


def spoilt_log(luck: Random, sound: bytes, foreign: bytes) -> bytes:
    """Return a log cut, flipped, zeroed, mixed with that of another library, or with a piece gone or misplaced."""
    log = bytearray(sound)
    match luck.randrange(8):
        case 0:
            return bytes(log[: luck.randrange(1, len(log))])
        case 1 | 2:
            for _ in range(luck.choice((1, 3, 40))):
                log[luck.randrange(len(log))] ^= 1 << luck.randrange(8)
        case 3:
            start = luck.randrange(len(log))
            length = luck.choice((1, 500, 5000, len(log)))
            log[start : start + length] = bytes(len(log[start : start + length]))
        case 4:
            return foreign
        case 5:
            return luck.randbytes(luck.choice((1, 31, 32, 5000)))
        case 6:
            return bytes(log[:HEADER]) + foreign[HEADER:]
        case _:
            frame = FRAME_HEADER + PAGE
            start = HEADER + frame * luck.randrange((len(log) - HEADER) // frame)
            log[start : start + frame] = luck.choice((b"", bytes(log[HEADER : HEADER + frame])))
    return bytes(log)
