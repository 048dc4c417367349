"""Where anything is doubtful about the quotes, nothing is written, and nothing leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from pydantic import SecretStr

from bot.answering.answer import Answer, quote_blocks
from bot.messages import Reply, Text
from bot.settings import Settings
from bot.writing.composing import Composing, words_of
from bot.writing.switch import endpoint_from
from bot.writing.writer import Endpoint
from index import Quote, Scan, Span
from tests.asking.ward import MEMBERS, Ward

WORDS = "Chi bộ sinh hoạt định kỳ vào ngày 03 hằng tháng tại nhà văn hóa khu phố."


class Recorder:
    """Says the first quote again."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def write(self, question: str, quotes: Sequence[str]) -> str:
        self.asked.append(quotes)
        return f"{quotes[0]} [1]"


@pytest.fixture
def compose(ward: Ward) -> Callable[..., tuple[bool, bool]]:
    """Whether anything was written, and whether anything left, for one quote that is so."""

    def run(
        *, warning: str = "", beside: tuple[Text, ...] = (), answered: bool = True, **so: object
    ) -> tuple[bool, bool]:
        directive = ward.directive(MEMBERS)
        quote = Quote(directive=directive, text=WORDS, span=Span(start=0, end=9), path=(), page=None, score=1.0)
        quote = quote.model_copy(update=so)
        standings = ward.asking.sight.standings(frozenset({directive.id}))
        blocks = tuple(each.model_copy(update={"warning": warning}) for each in quote_blocks([quote], standings))
        answer = Answer(answered=answered, reply=Reply(blocks=(*beside, *blocks)), quotes=(quote,))
        recorder = Recorder()
        after = Composing(recorder, is_on=lambda: True).above(answer, "hỏi", standings=standings)
        assert after.reply.blocks[-len(answer.reply.blocks) :] == answer.reply.blocks
        return after != answer, bool(recorder.asked)

    return run


def test_over_whole_quotes_in_force_it_is_written(compose: Callable[..., tuple[bool, bool]]) -> None:
    assert compose() == (True, True)
    assert compose(scan=Scan(page=1, confidence=99.0)) == (True, True)


@pytest.mark.parametrize(
    "so",
    [
        {"warning": "Đã bị sửa đổi."},
        {"cut": True},
        {"more": 2},
        {"scan": Scan(page=1, confidence=10.0)},
        {"beside": (Text(text="Các trích dẫn nói khác nhau."),)},
        {"answered": False},
    ],
    ids=["warned", "cut", "items left out", "a weak scan", "something else is said", "not found"],
)
def test_over_doubtful_quotes_nothing_leaves(compose: Callable[..., tuple[bool, bool]], so: dict[str, object]) -> None:
    assert compose(**so) == (False, False)


def test_a_quote_goes_out_behind_the_line_that_leads_to_it(ward: Ward) -> None:
    quote = Quote(
        directive=ward.directive(MEMBERS),
        text="b) về",
        span=Span(start=0, end=5),
        path=(),
        page=None,
        score=1,
        lead="Cấm:",
    )
    assert words_of(quote) == "Cấm:\nb) về"


def test_the_endpoint_is_that_of_the_settings() -> None:
    assert endpoint_from(Settings(_env_file=None)) is None
    given = Settings(_env_file=None, writer_url="http://localhost:1/v1/", writer_model="m", writer_key=SecretStr("k"))
    assert endpoint_from(given) == Endpoint(url="http://localhost:1/v1", model="m", key=SecretStr("k"), seconds=4)
