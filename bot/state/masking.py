"""One-time codes are taken out of messages that are kept, and so out of backups, once they have been read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sqlalchemy import ColumnElement, Connection, select, update

from bot.messages import Block, Link, Picture, Reply, Text
from bot.state.tables import outbox

_WORD: Final = "liên kết"
_CODE: Final = re.compile(rf"mã {_WORD}[^\n]*:\s(?P<code>[0-9]{{5}} [0-9]{{5}})\n", re.IGNORECASE)
"""As the replies that hand out a code say it; a number of ten digits elsewhere is none."""

_HIDDEN: Final = "••••• •••••"


def blank(db: Connection, which: ColumnElement[bool]) -> None:
    """Takes the codes out of stored replies."""
    for row in db.execute(select(outbox.c.id, outbox.c.reply).where(which, outbox.c.reply.contains(_WORD))).all():
        reply = Reply.model_validate_json(row.reply)
        if (kept := without_code(reply)) != reply:
            db.execute(update(outbox).where(outbox.c.id == row.id).values(reply=kept.model_dump_json()))


def masked(text: str) -> str:
    """Without any digit, however it is written."""
    return "".join("•" if any(map(str.isdigit, unicodedata.normalize("NFKC", each))) else each for each in text)


def without_code(reply: Reply) -> Reply:
    """Without the code that it hands out, the link that carries it and the picture of that link; as it is where it
    hands out none.
    """
    said = (block.text for block in reply.blocks if isinstance(block, Text))
    found = next(filter(None, map(_CODE.search, said)), None)
    if found is None:
        return reply
    code = found["code"]
    kept = (block for block in reply.blocks if not _carries(block, code.replace(" ", "")))
    return Reply(blocks=tuple(_hidden(block, code) for block in kept))


def _carries(block: Block, digits: str) -> bool:
    return isinstance(block, Picture) or (isinstance(block, Link) and digits in block.url)


def _hidden(block: Block, code: str) -> Block:
    return Text(text=block.text.replace(code, _HIDDEN)) if isinstance(block, Text) else block
