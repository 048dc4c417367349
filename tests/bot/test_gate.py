import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot import texts
from bot.department import Outcome, Request, Task
from bot.gate import Gate, group_intro
from bot.messages import Incoming, plain_text
from bot.people.access import Asker
from bot.people.joining import how_to_link
from bot.people.keys import Keys
from bot.people.linking import Linking

NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
WAITING = Task(name="buoc", until=NOW + timedelta(minutes=1))


@pytest.fixture
def gate(database) -> Gate:
    return Gate(Linking(database, Keys("a secret of this installation")), public_answers=False)


def ask(
    text: str = "Chi bộ họp ngày nào?", *, private: bool = True, later: int = 0, task: Task | None = None
) -> Request:
    incoming = Incoming(channel="zalo", sender="khach-9", chat="c", message="1", text=text, private=private)
    return Request(incoming=incoming, asker=Asker(), text=text, now=NOW + timedelta(minutes=later), task=task)


def words(outcome: Outcome | None) -> str:
    assert outcome is not None
    assert outcome.answer is not None
    return plain_text(outcome.answer.reply)


def test_in_a_group_nobody_is_told_to_send_the_code_there(gate):
    assert words(gate.stop(ask())) == how_to_link(private=True)
    assert words(gate.stop(ask(private=False))) == how_to_link(private=False)
    assert "gửi vào đây" not in how_to_link(private=False)


def test_a_step_that_waits_opens_the_gate_in_private_chats_only(gate):
    assert gate.stop(ask("có", task=WAITING)) is None
    assert gate.stop(ask("có", task=WAITING, private=False)) is not None


def test_a_refusal_is_logged_once_an_hour_for_each_account_without_its_name(gate, caplog):
    with caplog.at_level(logging.WARNING):
        for minutes in (0, 5, 59, 61):
            gate.stop(ask(later=minutes))
    refused = [record.getMessage() for record in caplog.records if record.name == "bot.gate"]
    assert len(refused) == 2
    assert "khach-9" not in caplog.text


def test_a_group_is_told_whose_this_is_and_that_it_is_automatic():
    assert group_intro("Đảng ủy X") == texts.GROUP_INTRO.format(organization="Đảng ủy X")
    assert "Đảng ủy X" in group_intro("Đảng ủy X")
    assert "tự động" in group_intro("Đảng ủy X")
