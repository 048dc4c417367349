"""The streams of an OLE compound file, the envelope of the old Office formats ([MS-CFB]); only as far as is needed."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_LAST = 0xFFFFFFFA  # sector numbers from here on are marks: end of chain, free
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 10_000


class Compound(NamedTuple):
    """``first``: the name of each stream -> its first bytes (at most a sector), empty where they cannot be found."""

    first: Mapping[str, bytes]


def open_compound(data: bytes) -> Compound:
    """Raises ValueError where the file is torn."""
    try:
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        directory, cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("the sizes of its sectors are impossible")
        size = 1 << shift
        table = _table(data, size)
        entries = [*_entries(data, table, directory, size)]
        root = next((entry for entry in entries if entry.kind == _ROOT), None)
        found = {}
        for entry in entries:
            if entry.kind == _STREAM:
                small = entry.length < cutoff and root is not None
                place = (
                    _mini_place(entry.start, root.start, table, size) if small and root else _place(entry.start, size)
                )
                found[entry.name] = data[place : place + (64 if small else size)][: entry.length]
    except struct.error as err:
        raise ValueError("its directory is torn") from err
    return Compound(found)


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    length: int


def _place(sector: int, size: int) -> int:
    return (sector + 1) * size


def _table(data: bytes, size: int) -> list[int]:
    """The sector that follows each sector."""
    sectors = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LAST]
    following, more = struct.unpack_from("<II", data, 68)
    for _ in range(min(more, len(data) // size)):
        if following >= _LAST:
            break
        *part, following = struct.unpack_from(f"<{size // 4}I", data, _place(following, size))
        sectors += [sector for sector in part if sector < _LAST]
    table: list[int] = []
    for sector in sectors[: len(data) // size]:
        table += struct.unpack_from(f"<{size // 4}I", data, _place(sector, size))
    return table


def _chain(table: list[int], start: int) -> Iterator[int]:
    for _ in range(len(table)):
        if start >= len(table):
            return
        yield start
        start = table[start]


def _entries(data: bytes, table: list[int], directory: int, size: int) -> Iterator[_Entry]:
    count = 0
    for sector in _chain(table, directory):
        for offset in range(_place(sector, size), _place(sector, size) + size, _ENTRY):
            count += 1
            if count > _MOST_ENTRIES:
                raise ValueError("its directory is too long")
            length, kind = struct.unpack_from("<HB", data, offset + 64)
            start, size_of = struct.unpack_from("<II", data, offset + 116)
            name = data[offset : offset + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, start, size_of)


def _mini_place(start: int, container: int, table: list[int], size: int) -> int:
    """Where a sector of 64 bytes lies: the small streams share the root's."""
    wanted = start * 64 // size
    for position, sector in enumerate(_chain(table, container)):
        if position == wanted:
            return _place(sector, size) + start * 64 % size
    return 0
