"""Whatever the endpoint does, there is an answer: its words, or none."""

from __future__ import annotations

import threading

import pytest

from bot.writing.writer import Writer
from tests.writing.endpoint import KEY, FakeEndpoint

ASKED = ("Chi bộ họp khi nào?", ["Chi bộ họp vào ngày 03 hằng tháng."])


def test_what_it_says_is_given_unchecked(endpoint: FakeEndpoint) -> None:
    endpoint.says("Chi bộ họp vào ngày 03 hằng tháng [1].")
    assert Writer(endpoint.settings()).write(*ASKED) == "Chi bộ họp vào ngày 03 hằng tháng [1]."
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b'{"error": {"message": "out of memory"}}'),
        (401, b"{}"),
        (204, b""),
        (200, b""),
        (200, b'{"choices": [{"mess'),
        (200, b'{"choices": []}'),
        (200, b'{"choices": [{"message": {"content": 7}}]}'),
        (200, b'["choices"]'),
        (200, b"\xff\xfe"),
        (200, b"[" * 60_000),
        (200, b'{"choices": [{"message": {"content": "' + b"a" * 300_000 + b'"}}]}'),
    ],
)
def test_a_failure_is_no_answer_and_is_not_tried_again(endpoint: FakeEndpoint, status: int, body: bytes) -> None:
    endpoint.status, endpoint.body = status, body
    assert Writer(endpoint.settings()).write(*ASKED) is None
    assert len(endpoint.asked) == 1


def test_a_refusal_is_no_answer_and_nothing_said_is_nothing(endpoint: FakeEndpoint) -> None:
    endpoint.says("Chi bộ họp [1].", refusal="no")
    assert Writer(endpoint.settings()).write(*ASKED) is None
    endpoint.says(None)
    assert Writer(endpoint.settings()).write(*ASKED) == ""


def test_nobody_is_sent_on_to_another_address(endpoint: FakeEndpoint) -> None:
    endpoint.status, endpoint.headers = 307, {"Location": endpoint.url + "/chat/completions"}
    assert Writer(endpoint.settings()).write(*ASKED) is None
    assert len(endpoint.asked) == 1


def test_where_nobody_listens_there_is_no_answer(endpoint: FakeEndpoint) -> None:
    given = endpoint.settings()
    nowhere = type(given)(url="http://127.0.0.1:9/v1", model="small", key=given.key, seconds=5)
    assert Writer(nowhere).write(*ASKED) is None


def test_a_slow_endpoint_is_left(endpoint: FakeEndpoint) -> None:
    endpoint.says("Chi bộ họp vào ngày 03 hằng tháng [1].")
    endpoint.gate.clear()
    assert Writer(endpoint.settings(seconds=0.2)).write(*ASKED) is None


def test_while_two_wait_for_it_all_others_are_answered_without_it(endpoint: FakeEndpoint) -> None:
    endpoint.says("Chi bộ họp vào ngày 03 hằng tháng [1].")
    endpoint.gate.clear()
    writer, said = Writer(endpoint.settings()), []
    waiting = [threading.Thread(target=lambda: said.append(writer.write(*ASKED))) for _ in range(2)]
    for each in waiting:
        each.start()
    assert all(endpoint.arrived.acquire(timeout=20) for _ in waiting)
    assert writer.write(*ASKED) is None
    assert len(endpoint.asked) == 2
    endpoint.gate.set()
    for each in waiting:
        each.join(20)
    assert said == ["Chi bộ họp vào ngày 03 hằng tháng [1]."] * 2


def test_after_three_failures_it_rests_for_a_minute(endpoint: FakeEndpoint) -> None:
    now = [0.0]
    writer = Writer(endpoint.settings(), clock=lambda: now[0])
    endpoint.status = 500
    for _ in range(5):
        assert writer.write(*ASKED) is None
    assert len(endpoint.asked) == 3
    endpoint.status = 200
    endpoint.says("được")
    now[0] = 61.0
    assert writer.write(*ASKED) == "được"


def test_the_log_has_neither_words_nor_the_key(endpoint: FakeEndpoint, caplog: pytest.LogCaptureFixture) -> None:
    endpoint.status, endpoint.body = 500, b'{"error": {"message": "Chi b\xe1\xbb\x99"}}'
    Writer(endpoint.settings()).write(*ASKED)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert ours
    assert not any("Chi b" in line or KEY in line for line in ours)
    assert KEY not in repr(endpoint.settings())
