"""Whoever is no administrator is answered as if ``/dexuat`` and ``/canbosung`` did not exist."""

from __future__ import annotations

import pytest

from bot import texts
from tests.administration.office import ADMINISTRATOR

COMMANDS = ("/dexuat", "/dexuat tất cả", "/dexuat co x|replaces|y|", "/canbosung")


@pytest.mark.parametrize("code", ["guest", "DV-1", "CU-1"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_administrators_is_unknown_to_others(office, command, code):
    assert office.send(code, command) == texts.UNKNOWN_COMMAND.format(command=command.split()[0])


@pytest.mark.parametrize("command", COMMANDS)
def test_in_a_group_an_administrator_is_told_to_write_in_private(office, command):
    assert office.send(ADMINISTRATOR, command, group="-100") == texts.ONLY_IN_PRIVATE


@pytest.mark.parametrize("words", ["văn bản cần bổ sung", "đề xuất chờ xác nhận"])
def test_the_words_that_mean_such_a_command_are_a_question_of_others(office, words):
    assert office.send("DV-1", words) == f"asked: {words}"
    assert not office.send(ADMINISTRATOR, words).startswith("asked")


def test_somebody_who_is_not_linked_is_told_nothing_of_any_paper(office):
    assert office.send("guest", "/hieuluc 24-CT/TU") == texts.UNKNOWN_COMMAND.format(command="/hieuluc")


def test_in_a_group_only_what_is_public_is_told(office):
    assert office.send("DV-1", "/hieuluc 24-CT/TU", group="-100").startswith("Tôi không tìm thấy văn bản 24-CT/TU")
