"""A digest of which not all may be shown: no heading stands over nothing, and nothing counts what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot import texts
from bot.messages import Block, QuoteBlock, Text

_HEADINGS: Final = (
    texts.DIGEST_PART_OWN,
    texts.DIGEST_PART_DUE,
    texts.DIGEST_PART_ADDED,
    texts.DIGEST_PART_HERE,
    texts.DIGEST_PART_CHANGED,
    texts.DIGEST_PART_ANSWERED,
)
_RESTS: Final = (
    texts.DIGEST_REST_DUE,
    texts.DIGEST_REST_ADDED,
    texts.DIGEST_REST_CHANGED,
    texts.DIGEST_REST_ANSWERED,
)
_ITEM: Final = texts.DIGEST_ITEM.format(words="")


def partly(left: Sequence[Block], whole: Sequence[Block]) -> tuple[Block, ...]:
    """``left``: what may be shown of the ``whole``, in its order (`recheck.left_of`). All of it stays as it is."""
    if len(left) == len(whole) and not any(map(_is_said_instead, left)):
        return tuple(left)
    return tuple(_uncounted(left))


def _uncounted(left: Sequence[Block]) -> Iterator[Block]:
    following = (*left[1:], None)
    for block, after in zip(left, following, strict=True):
        if not isinstance(block, Text):
            yield block
        elif heading := _said_by(_HEADINGS, block):
            if _is_item(after):
                yield block.model_copy(update={"text": heading.replace(" ({count})", "")})
        elif rest := _said_by(_RESTS, block):
            yield block.model_copy(update={"text": rest.format(count=texts.DIGEST_SOME)})
        else:
            yield block


def _said_by(forms: Sequence[str], block: Text) -> str | None:
    """The form that was filled in."""
    return next(
        (form for form in forms if re.fullmatch(re.escape(form).replace(r"\{count\}", r"\d+"), block.text)), None
    )


def _is_item(block: Block | None) -> bool:
    if isinstance(block, Text):
        return block.text.startswith(_ITEM) or _is_said_instead(block) or bool(_said_by(_RESTS, block))
    return isinstance(block, QuoteBlock)


def _is_said_instead(block: Block) -> bool:
    return isinstance(block, Text) and block.text == texts.NO_LONGER_SHOWN
