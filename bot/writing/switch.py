"""``/vietcau``: an administrator turns written answers on and off. They are off until somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection

from bot import texts
from bot.department import Command, Department, Outcome, Rank, Request, told
from bot.state import audit, notes
from bot.writing.composing import Composing
from bot.writing.writer import Endpoint, Writer
from index import fold

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.state.database import Database

_NOTE: Final = "writing"
_ON: Final = "on"
_OFF: Final = "off"
_WORDS: Final = {"bat": _ON, "tat": _OFF}


def endpoint_from(settings: Settings) -> Endpoint | None:
    """None where none is set."""
    if not (settings.writer_url and settings.writer_model):
        return None
    return Endpoint(
        url=settings.writer_url,
        model=settings.writer_model,
        key=settings.writer_key,
        seconds=settings.writer_seconds,
    )


def composing_of(settings: Settings, database: Database) -> Composing | None:
    endpoint = endpoint_from(settings)
    return Composing(Writer(endpoint), is_on=lambda: is_on(database)) if endpoint else None


def is_on(database: Database) -> bool:
    with database.reading() as db:
        return notes.read(db, _NOTE) == _ON


class WritingSwitch:
    """``endpoint`` None: there is nothing to turn on."""

    def __init__(self, database: Database, endpoint: Endpoint | None) -> None:
        self._database = database
        self._endpoint = endpoint

    def department(self) -> Department:
        command = Command(names=("vietcau",), answer=self._answer, rank=Rank.ADMINISTRATOR, private=True)
        return Department(commands=(command,))

    def _answer(self, request: Request) -> Outcome:
        wanted = _WORDS.get(fold(request.arguments).strip())
        if wanted == _OFF:
            return _turned(request, _OFF, texts.WRITING_NOW_OFF)
        if self._endpoint is None:
            return told(texts.WRITING_NOT_SET_UP)
        if wanted == _ON:
            said = texts.WRITING_NOW_ON.format(model=self._endpoint.model, host=urlsplit(self._endpoint.url).netloc)
            return _turned(request, _ON, said, model=self._endpoint.model, url=self._endpoint.url)
        state = texts.WRITING_IS_ON if is_on(self._database) else texts.WRITING_IS_OFF
        return told(state, texts.WRITING_USAGE)


def _turned(request: Request, state: str, said: str, **facts: str) -> Outcome:
    def write(db: Connection) -> None:
        notes.write(db, _NOTE, state)
        audit.record(db, actor=request.asker.code, action=f"writing.{state}", now=request.now, **facts)

    return told(said, writes=(write,))
