"""An answer of quotes -> the same with a machine's sentences above them, where all of it is beyond doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot import texts
from bot.answering.answer import Answer
from bot.answering.standings import Standings
from bot.messages import QuoteBlock, Reply, Text
from bot.writing.checking import covered_sentences
from index import Quote


class Writes(Protocol):
    def write(self, question: str, quotes: Sequence[str]) -> str | None: ...


class Composing:
    """``is_on``: whether an administrator has turned it on; asked for every answer."""

    def __init__(self, writer: Writes, *, is_on: Callable[[], bool]) -> None:
        self._writer = writer
        self._is_on = is_on

    def above(self, answer: Answer, question: str, *, standings: Standings) -> Answer:
        """The answer as it is where nothing may be, or nothing was, written. The quotes are never changed."""
        if not may_be_written(answer, standings) or not self._is_on():
            return answer
        words = [words_of(quote) for quote in answer.quotes]
        said = self._writer.write(question, words)
        sentences = covered_sentences(said, words) if said else ()
        if not sentences:
            return answer
        lines = "\n".join(f"{sentence.words} [{sentence.quote}]." for sentence in sentences)
        papers = tuple(dict.fromkeys(quote.directive.id for quote in answer.quotes))
        block = Text(text=f"{texts.WRITTEN_BY_MACHINE}\n{lines}", directives=papers, by_machine=True)
        return answer.model_copy(update={"reply": Reply(blocks=(block, *answer.reply.blocks))})


def may_be_written(answer: Answer, standings: Standings) -> bool:
    """Only whole quotes and nothing beside them: no warning, no paper that does not hold, no weak scan, no word of the
    bot or the office (numbers that several papers bear, quotes that differ, fields).
    """
    blocks = answer.reply.blocks
    quotes = [block for block in blocks if isinstance(block, QuoteBlock)]
    if not answer.answered or not quotes or len(quotes) < len(blocks) or len(quotes) != len(answer.quotes):
        return False
    if any(block.warning or block.cut or block.more for block in quotes):
        return False
    if any(quote.scan and quote.scan.weak for quote in answer.quotes):
        return False
    papers = {quote.directive.id for quote in answer.quotes}
    return all(standings.holds(paper) and standings.seen(paper) for paper in papers)


def words_of(quote: Quote) -> str:
    """The quote behind the line that leads to it."""
    return f"{quote.lead}\n{quote.text}" if quote.lead else quote.text
