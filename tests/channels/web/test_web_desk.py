"""What the page shows again of what was once said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from bot.answering.standings import Standings
from bot.messages import Block, Choice, Choices, File, QuoteBlock, Reply, Text
from bot.state import outbox
from bot.state.database import Database
from bot.web_desk import SignedInDesk
from index import DirectiveId, Standing, Status
from tests.bot.fakes import DIRECTIVE_24, LINES_24, make_library
from tests.bot.judged import Judged, by_own_words

NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
CHAT = "w1"
GONE = Text(text=texts.WEB_NOT_SHOWN)
SAID = Text(text="Theo hai văn bản:")
KEPT = QuoteBlock(text="1. Vẫn xem được.", citation="A", directive="a")
HIDDEN = QuoteBlock(text="2. Đã rút.", citation="B", directive="b")
PAPER = File(path="b.pdf", name="b.pdf", directive="b")
CHOICES = Choices(choices=(Choice(label="Xem tiếp", send="xem tiếp"),))


@pytest.fixture
def database(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Database]:
    shutil.copyfile(_migrated_sqlite, tmp_path / "state.sqlite3")
    opened = Database.open(f"sqlite:///{tmp_path / 'state.sqlite3'}")
    yield opened
    opened.close()


def shown(database: Database, *blocks: Block, visible: set[str], looks: list[str]) -> list[tuple[Block, ...]]:
    def told(account: str) -> Standings:
        looks.append(account)
        shelf, _ = make_library()
        return Standings(shelf, by_own_words(shelf)(), frozenset(map(DirectiveId, visible)))

    foreign: Any = None  # the parts of the desk that no transcript needs
    desk = SignedInDesk(
        foreign,
        database,
        keys=foreign,
        originals=foreign,
        public_answers=False,
        clock=lambda: NOW,
        told=told,
    )
    with database.transaction() as db:
        for _ in range(2):
            outbox.put(db, channel="web", chat=CHAT, reply=Reply(blocks=blocks), now=NOW)
    return [line.reply.blocks for line in desk.transcript(CHAT)]


def test_what_may_not_be_seen_any_more_is_not_shown_again(database: Database) -> None:
    looks: list[str] = []
    lines = shown(database, SAID, KEPT, HIDDEN, PAPER, CHOICES, visible={"a"}, looks=looks)
    assert lines == [(SAID, KEPT, GONE, CHOICES)] * 2
    assert looks == [CHAT]


def test_what_may_still_be_seen_stands_as_it_was(database: Database) -> None:
    blocks = (SAID, KEPT, HIDDEN, PAPER, CHOICES)
    assert shown(database, *blocks, visible={"a", "b"}, looks=[]) == [blocks] * 2


def test_nobodys_rights_are_looked_at_for_words_alone(database: Database) -> None:
    looks: list[str] = []
    assert shown(database, SAID, CHOICES, visible=set(), looks=looks) == [(SAID, CHOICES)] * 2
    assert looks == []


def test_old_words_are_shown_with_what_has_ended_them_since(database: Database) -> None:
    shelf, _ = make_library()
    line = next(line for line in LINES_24.values() if line.startswith("1."))
    block = QuoteBlock(text=line, citation="A", directive=DIRECTIVE_24.id)
    ended = Judged(others={DIRECTIVE_24.id: Standing(status=Status.REPEALED)})
    foreign: Any = None
    desk = SignedInDesk(
        shelf,
        database,
        keys=foreign,
        originals=foreign,
        public_answers=False,
        clock=lambda: NOW,
        told=lambda _: Standings(shelf, ended, frozenset({DIRECTIVE_24.id})),
    )
    with database.transaction() as db:
        outbox.put(db, channel="web", chat=CHAT, reply=Reply(blocks=(SAID, block)), now=NOW)
    assert desk.transcript(CHAT)[0].reply.blocks == (SAID, block.model_copy(update={"warning": texts.QUOTE_ENDED}))
