"""Files on their way into the corpus: kept aside until an administrator confirms them, then put in whole."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from threading import Lock
from typing import Final

import yaml

from index import sidecar_of

_PATH_SIGNS: Final = re.compile(r'[/\\:*?"<>|]')
_LONGEST: Final = 160
"""Bytes of a name without its suffix: with what is put before and behind it, it fits into the 255 of a file system."""
_LONGEST_SUFFIX: Final = 16
_NAMELESS: Final = "van-ban"
_READ_BY_NOBODY: Final = frozenset({"README.md"})
"""What a build leaves out without a word."""
_TICKET: Final = re.compile(r"[0-9a-f]{16}")
_KEPT: Final = timedelta(days=1)
_INSTEAD_OF, _CHOSEN, _ACCEPTED = ".instead-of", ".chosen", ".accepted"
_PAGE: Final = ".page-"


def safe_name(name: str) -> str:
    """A file name that stays inside its folder and that a build reads: the last part of a path, NFC, without control,
    direction or path signs.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = "".join(" " if _is_unsafe(sign) else sign for sign in last)
    cleaned = " ".join(cleaned.split()).lstrip(" .~$").rstrip(" .")
    stem, dot, suffix = cleaned.rpartition(".")
    if not dot:
        return _shortened(cleaned, _LONGEST) or _NAMELESS
    whole = f"{_shortened(stem, _LONGEST)}.{_shortened(suffix.lower(), _LONGEST_SUFFIX)}"
    return f"{_NAMELESS}-{whole}" if whole in _READ_BY_NOBODY else whole


def _is_unsafe(sign: str) -> bool:
    """Control, format (as the marks that turn the direction), surrogate and private signs; line separators."""
    return unicodedata.category(sign)[0] == "C" or sign in "\u2028\u2029" or _PATH_SIGNS.match(sign) is not None


def _shortened(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip(" .")


def refuses_uploads(corpus: Path) -> bool:
    """Whether this folder belongs to the program: an update would overwrite what is put there, or take it along."""
    import index

    code = [Path(__file__).resolve().parents[1], Path(index.__file__).resolve().parent]
    own = [*code, code[0].parent / "docs_corpus"]
    corpus = corpus.resolve()
    return any(corpus.is_relative_to(each) or each.is_relative_to(corpus) for each in own)


class Staging:
    """``folder``: aside, one folder for each file, named by its ticket; ``corpus``: where confirmed files go;
    ``replaced``: what they take the place of, as nothing is lost. ``zone``: of the times in names.

    ``one_at_a_time`` is held while a file is read, from wherever it came: their memory adds up.
    """

    def __init__(self, folder: Path, *, corpus: Path, replaced: Path, zone: tzinfo = UTC) -> None:
        self._folder = folder
        self.corpus = corpus
        self._replaced = replaced
        self.zone = zone
        self.one_at_a_time = Lock()
        self._moving = Lock()

    def put(self, name: str, data: bytes, *, now: datetime, ticket: str | None = None) -> Path:
        """The staged file, under a safe name; ``ticket``: a new one, where None. Those that nobody confirmed for a day
        go.
        """
        self._sweep(before=(now - _KEPT).timestamp())
        folder = self._folder / (ticket or secrets.token_hex(8))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / safe_name(name)
        _write_whole(path, data)
        return path

    def put_page(self, name: str, data: bytes, *, now: datetime, ticket: str) -> None:
        """A page of a paper that comes page by page; ``name`` says its place."""
        self._sweep(before=(now - _KEPT).timestamp())
        folder = self._folder / ticket
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / f"{_PAGE}{name}", data)

    def pages(self, ticket: str) -> list[Path]:
        """What `put_page` put there, in the order of the names."""
        return sorted((self._folder / ticket).glob(f"{_PAGE}*")) if _TICKET.fullmatch(ticket) else []

    def drop_ticket(self, ticket: str) -> None:
        """All that is kept under it."""
        if _TICKET.fullmatch(ticket):
            shutil.rmtree(self._folder / ticket, ignore_errors=True)

    def path(self, ticket: str) -> Path | None:
        """The staged file of a ticket (`ticket`); None when it is there no longer."""
        if not _TICKET.fullmatch(ticket):
            return None
        files = [path for path in (self._folder / ticket).glob("*") if not path.name.startswith(".")]
        return min(files, key=lambda path: len(path.name), default=None)  # its sidecar has the longer name

    def ticket(self, path: Path) -> str:
        return path.parent.name

    def say(self, path: Path, facts: Mapping[str, str]) -> None:
        """What the administrator says of the file, as its sidecar; nothing removes it."""
        sidecar = sidecar_of(path)
        if facts:
            _write_whole(sidecar, yaml.safe_dump(dict(facts), allow_unicode=True, sort_keys=True).encode())
        else:
            sidecar.unlink(missing_ok=True)

    def said(self, path: Path) -> dict[str, str]:
        sidecar = sidecar_of(path)
        return dict(yaml.safe_load(sidecar.read_text(encoding="utf-8"))) if sidecar.exists() else {}

    def replace(self, path: Path, name: str | None) -> None:
        """The file of the corpus whose place this one takes when it is accepted."""
        _write_whole(path.parent / _INSTEAD_OF, (name or "").encode())

    def replaced(self, ticket: str) -> str:
        """What `replace` said last, empty for nothing."""
        return _read_if_there(self._folder / ticket / _INSTEAD_OF)

    def choose(self, path: Path, *, directive: str, audience: str | None) -> None:
        """Which directive the file was read as, and the audience that was chosen in this dialogue."""
        said = {"directive": directive, "audience": audience}
        _write_whole(path.parent / _CHOSEN, json.dumps(said).encode())

    def chosen(self, ticket: str) -> tuple[str, str | None]:
        """What `choose` said last, the directive empty for nothing; also of a file that was accepted."""
        said = json.loads(_read_if_there(self._folder / ticket / _CHOSEN) or "{}")
        return said.get("directive", ""), said.get("audience")

    def drop(self, path: Path) -> None:
        with self._moving:
            shutil.rmtree(path.parent, ignore_errors=True)

    def is_taken(self, name: str) -> bool:
        return os.path.lexists(self.corpus / name)

    def free_name(self, path: Path) -> str:
        """What the file is called in the corpus: nothing else that bears this name is overwritten."""
        name, count = path.name, 1
        while self.is_taken(name) and not _same(self.corpus / name, path):
            count += 1
            name = f"{path.stem}-{count}{path.suffix}"
        return name

    def accept(self, path: Path, *, by: str, now: datetime) -> str:
        """Puts the file and its sidecar into the corpus; its name there. ``by``: the message that says so.

        Again after a crash, does what is left to do, and nothing where it was done. Raises OSError.
        """
        with self._moving:
            if done := self.accepted(self.ticket(path)):
                return done[0]
            return self._move(path, by=by, now=now)

    def _move(self, path: Path, *, by: str, now: datetime) -> str:
        if not path.is_file():  # dropped meanwhile; nothing gives way to it
            raise FileNotFoundError(path)
        self.corpus.mkdir(parents=True, exist_ok=True)
        if old := self.replaced(self.ticket(path)):
            self._put_aside(old, now=now)
        name = self.free_name(path)
        self._put_sidecar(sidecar_of(path), sidecar_of(self.corpus / name), now=now)  # never a file without it
        if not self.is_taken(name):
            _copy(path, self.corpus / name)
        _write_whole(path.parent / _ACCEPTED, json.dumps({"name": name, "by": by}).encode())
        sidecar_of(path).unlink(missing_ok=True)
        path.unlink()
        return name

    def accepted(self, ticket: str) -> tuple[str, str] | None:
        """The name in the corpus of a file that was accepted not long ago, and the message that said so."""
        marker = self._folder / ticket / _ACCEPTED
        if not _TICKET.fullmatch(ticket) or not marker.exists():
            return None
        said = json.loads(marker.read_bytes())
        return said["name"], said["by"]

    def write_sidecar(self, name: str, data: bytes | None, *, now: datetime) -> None:
        """The sidecar of a file of the corpus, None for none; a copy of the one before is kept. There is never a moment
        at which the file stands without one that it had. Raises OSError.
        """
        target = sidecar_of(self.corpus / name)
        if target.is_file():
            self._copy_aside(target, now=now)
        if data is None:
            target.unlink(missing_ok=True)
        else:
            _write_whole(target, data)

    def _put_sidecar(self, ours: Path, target: Path, *, now: datetime) -> None:
        if os.path.lexists(target) and not (ours.exists() and _same(target, ours)):
            self._keep(target, now=now)
        if ours.exists() and not target.exists():
            _copy(ours, target)

    def _put_aside(self, name: str, *, now: datetime) -> None:
        old = self.corpus / name
        for each in (old, sidecar_of(old)):
            if each.is_file() and each.resolve().is_relative_to(self.corpus.resolve()):
                self._keep(each, now=now)

    def _keep(self, old: Path, *, now: datetime) -> None:
        self._copy_aside(old, now=now)
        old.unlink()

    def _copy_aside(self, old: Path, *, now: datetime) -> None:
        self._replaced.mkdir(parents=True, exist_ok=True)
        stamp, count = f"{now:%Y%m%d-%H%M%S}", 1
        while (target := self._replaced / f"{stamp}-{count}-{old.name}").exists():
            count += 1
        _copy(old, target)

    def _sweep(self, *, before: float) -> None:
        for folder in self._folder.glob("*"):
            with suppress(FileNotFoundError):  # somebody else sweeps
                if folder.stat().st_mtime < before:
                    shutil.rmtree(folder, ignore_errors=True)


def _read_if_there(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def _copy(source: Path, target: Path) -> None:
    _write_whole(target, source.read_bytes())


def _write_whole(target: Path, data: bytes) -> None:
    """The target is there whole or not at all; a build passes hidden files by."""
    draft = target.with_name(f".{target.name}.part")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)
