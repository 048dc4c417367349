"""Files that administrators sent, under random names, until the bot has fetched them."""

from __future__ import annotations

import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from bot import texts
from bot.errors import ChannelError, FileTooLarge

_REFERENCE: Final = re.compile(r"[0-9a-f]{32}")
_LABEL_LENGTH: Final = 150


def keep_upload(folder: Path, file: BinaryIO) -> str:
    """The reference under which the file is found again. It stands there whole, or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    reference = secrets.token_hex(16)
    beside = folder / f"{reference}.part"
    with beside.open("wb") as kept:
        shutil.copyfileobj(file, kept)
    beside.rename(folder / reference)
    return reference


def take_upload(folder: Path, reference: str, *, limit: int) -> bytes:
    """Reads and removes it: whoever has fetched a file is the only one to hold it. Raises ChannelError for a reference
    that is none, or whose file has gone; FileTooLarge above ``limit`` bytes.
    """
    try:
        if not _REFERENCE.fullmatch(reference):
            raise FileNotFoundError(reference)
        path = folder / reference
        try:
            if path.stat().st_size > limit:
                raise FileTooLarge(limit=limit // 1024**2)
            return path.read_bytes()
        finally:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ChannelError(channel="web", detail=texts.WEB_UPLOAD_GONE, permanent=True) from error


def discard_uploads(folder: Path, *, before: float) -> None:
    """Removes what was kept before then (seconds since 1970)."""
    for path in folder.glob("*") if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # somebody fetches it
            if path.stat().st_mtime < before:
                path.unlink()


def label_of(name: str) -> str:
    """A file's name as a label: without folders, control characters and excess length."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-_LABEL_LENGTH:]
