"""A digest in words, as blocks that every channel shows as it shows answers.

What concerns the own cell comes first, then what falls due, then what is new, changed, answered, and counts. Each list
is cut with the number of what is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import quote

from bot import texts
from bot.answering.citation import full_name_of, name_of, shorten, spoken_date
from bot.channels.splitting import units
from bot.digest.content import QUOTED, Added, Answered, Changed, DigestContent, DueSoon, Item
from bot.messages import Block, Choice, Choices, Link, QuoteBlock, Reply, Text, plain_text
from index import Directive

_SHORT: Final = 3_000
"""A channel with shorter messages gets one message and a link to the whole."""
_TITLE_LIMIT: Final = 120
_QUESTION_LIMIT: Final = 160
_TYPED_WORDS: Final = 6

Some = TypeVar("Some", bound=Item)


@dataclass(frozen=True)
class _Detail:
    """How many of each kind are shown with a quote, and how many at all."""

    due: int
    added: int
    answered: int
    lines: int


_WHOLE: Final = _Detail(due=10, added=QUOTED, answered=5, lines=20)
_SHORTER: Final = (
    _WHOLE,
    *(_Detail(due=4, added=3, answered=2, lines=lines) for lines in (8, 5)),
    *(_Detail(due=2, added=2, answered=1, lines=lines) for lines in (8, 5)),
    *(_Detail(due=1, added=1, answered=0, lines=lines) for lines in (8, 5, 4)),
    *(_Detail(due=0, added=0, answered=0, lines=lines) for lines in (8, 5, 4, 3, 2, 1, 0)),
)
"""From much to little; the first that fits is taken."""
_NOTHING: Final = _Detail(due=0, added=0, answered=0, lines=-1)


def worded(
    content: DigestContent, *, length: int | None, public_url: str | None, number: int | None
) -> tuple[Reply, Reply]:
    """As it goes out on a channel, and the whole of it.

    ``length``: most characters of one message there (`Capabilities.length`). A short one gets one message with a link
    to the whole; without a ``public_url`` it gets the whole, to be split like any other reply. ``number``: of the
    digest, None for a preview.
    """
    whole = _Words(content, _WHOLE, number=number).reply()
    if length is None or public_url is None:
        return whole, whole
    site = public_url.rstrip("/")
    if length >= _SHORT:
        return _Words(content, _WHOLE, number=number, site=site, opens=True).reply(), whole
    shorter = (_Words(content, each, number=number, site=site).reply() for each in _SHORTER)
    least = _Words(content, _NOTHING, number=number, site=site).reply()
    return next((each for each in shorter if units(plain_text(each)) <= length), least), whole


@dataclass(frozen=True)
class _Words:
    """``site``: of the web page, None to lead nowhere. ``opens``: each quote has a link to the original there."""

    content: DigestContent
    detail: _Detail
    number: int | None
    site: str | None = None
    opens: bool = False

    def reply(self) -> Reply:
        content = self.content
        words = texts.DIGEST_PERIOD_OF_DAY if content.since == content.until else texts.DIGEST_PERIOD
        period = words.format(since=spoken_date(content.since), until=spoken_date(content.until))
        if content.is_quiet:
            return Reply(blocks=(Text(text=texts.DIGEST_QUIET.format(period=period)),))
        opening = Text(text=texts.DIGEST_OPENING.format(period=period))
        return Reply(blocks=(opening, *self._parts(), *self._ending(), self._choices()))

    def _parts(self) -> Iterator[Block]:
        content = self.content
        if self.detail is _NOTHING:
            return
        own = [*self._due(own=True), *self._added(own=True), *self._changed(own=True)]
        if own:
            count = sum(each.own for each in (*content.due, *content.added, *content.changed))
            yield Text(text=texts.DIGEST_PART_OWN.format(count=count))
            yield from own
        yield from _headed(texts.DIGEST_PART_DUE, content.due, self._due(own=False))
        heading = texts.DIGEST_PART_HERE if content.first else texts.DIGEST_PART_ADDED
        yield from _headed(heading, content.added, self._added(own=False))
        yield from _headed(texts.DIGEST_PART_CHANGED, content.changed, self._changed(own=False))
        if content.answered:
            yield Text(text=texts.DIGEST_PART_ANSWERED.format(count=len(content.answered)))
            yield from self._listed(content.answered, self._answer, self.detail.answered, texts.DIGEST_REST_ANSWERED)

    def _ending(self) -> Iterator[Block]:
        content, path = self.content, f"/ban-tin/{self.number}" if self.number else "/ban-tin"
        if content.asked:
            yield Text(text=texts.DIGEST_ASKED.format(count=content.asked))
        if content.more_on_web:
            yield Text(text=texts.DIGEST_ABOVE)
        if self.site and content.more_on_web:
            yield Link(label=texts.ABOVE_CEILING_LINK, url=self.site + path)
        elif self.site and not self.opens and self.detail is not _WHOLE:
            yield Link(label=texts.DIGEST_WHOLE, url=self.site + path)

    def _choices(self) -> Choices:
        read = f"/daxem {self.number}" if self.number else "/daxem"
        return Choices(
            choices=(
                Choice(label=texts.DIGEST_MARK_READ, send=read),
                Choice(label=texts.DIGEST_TURN_OFF, send="/bantin tắt"),
            )
        )

    # -- lists ---------------------------------------------------------------------------------------------------------

    def _due(self, *, own: bool) -> list[Block]:
        return list(self._listed(self.content.due, self._duty, self.detail.due, texts.DIGEST_REST_DUE, own=own))

    def _added(self, *, own: bool) -> list[Block]:
        return list(self._listed(self.content.added, self._paper, self.detail.added, texts.DIGEST_REST_ADDED, own=own))

    def _changed(self, *, own: bool) -> list[Block]:
        return list(self._listed(self.content.changed, _change, 0, texts.DIGEST_REST_CHANGED, own=own))

    def _listed(
        self,
        items: Sequence[Some],
        say: Callable[[Some, bool], Sequence[Block]],
        quoted: int,
        rest: str,
        *,
        own: bool = False,
    ) -> Iterator[Block]:
        """The items that concern the own cell, or the others, as far as there is room, and how many are left out."""
        shown = list(enumerate(items))[: self.detail.lines]
        for place, item in shown:
            if item.own is own:
                yield from say(item, place < quoted)
        left = sum(item.own is own for item in items[self.detail.lines :])
        if left:
            yield Text(text=rest.format(count=left))

    # -- items ---------------------------------------------------------------------------------------------------------

    def _paper(self, item: Added, is_quoted: bool) -> Sequence[Block]:
        directive, block = item.directive, item.quote if is_quoted else None
        name = name_of(directive) if block else full_name_of(directive)
        title = shorten(directive.title, _TITLE_LIMIT) if directive.number else ""
        words = texts.DIGEST_TITLED.format(name=name, title=title) if title else name
        behind = [f"({item.mark})" if item.mark else "", texts.DIGEST_OPENED if item.opened else ""]
        behind.append("" if block or not directive.sample else texts.SAMPLE)
        return self._with_quote(directive, " ".join(filter(None, (words, *behind))), block)

    def _duty(self, item: DueSoon, is_quoted: bool) -> Sequence[Block]:
        left = {0: texts.DIGEST_DUE_TODAY, 1: texts.DIGEST_DUE_TOMORROW}
        days = left.get(item.days, texts.DIGEST_DUE_LEFT.format(days=item.days))
        words = texts.DIGEST_DUE_ON.format(date=spoken_date(item.day), left=days)
        if item.who:
            words = texts.DIGEST_DUE_WHO.format(due=words, who=shorten(item.who, _TITLE_LIMIT))
        block = item.quote if is_quoted else None
        if block is None:
            words = texts.DIGEST_DUE_BY.format(due=words, name=name_of(item.directive))
        return self._with_quote(item.directive, words, block)

    def _answer(self, item: Answered, is_quoted: bool) -> Sequence[Block]:
        question = item.question if is_quoted else shorten(item.question, _QUESTION_LIMIT)
        words = texts.DIGEST_QUESTION.format(question=" ".join(question.split()))
        words = words if is_quoted else f"{words} {texts.DIGEST_ASK_AGAIN}"
        asked = Text(text=texts.DIGEST_ITEM.format(words=words), directives=item.named)
        return (asked, *item.blocks) if is_quoted else (asked,)

    def _with_quote(self, directive: Directive, words: str, block: QuoteBlock | None) -> Sequence[Block]:
        opens = self.opens and block is not None and self.site is not None
        said = texts.DIGEST_ITEM.format(words=words if opens else f"{words} {_typed(directive)}")
        blocks: list[Block] = [Text(text=said, directives=(directive.id,))]
        blocks += [block] if block else []
        if opens and block:
            page = f"#page={block.page}" if block.page else ""
            url = f"{self.site}/van-ban/{quote(directive.id)}{page}"
            blocks.append(
                Link(
                    label=texts.DIGEST_OPEN.format(name=directive.number or name_of(directive)),
                    url=url,
                    directive=directive.id,
                )
            )
        return blocks


def _headed(heading: str, items: Sequence[Item], blocks: Sequence[Block]) -> Iterator[Block]:
    if blocks:
        yield Text(text=heading.format(count=sum(not item.own for item in items)))
        yield from blocks


def _change(item: Changed, is_quoted: bool) -> Sequence[Block]:
    words = f"{item.text} {_typed(item.directive)}"
    return (Text(text=texts.DIGEST_ITEM.format(words=words), directives=item.named),)


def _typed(directive: Directive) -> str:
    return texts.DIGEST_TYPE.format(words=_called(directive))


def _called(directive: Directive) -> str:
    """What is typed to ask for it; without a number, what lists it."""
    words = [word for word in directive.title.split() if not any(map(str.isdigit, word))]
    return directive.number or f"/vanban {' '.join(words[:_TYPED_WORDS])}".strip()
