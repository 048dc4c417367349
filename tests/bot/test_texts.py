from collections.abc import Iterator
from string import Formatter

import pytest

from bot import texts
from bot.errors import BadRoll, BadSettings, BotError
from bot.settings import PREFIX, Settings
from index import LibraryError
from index.errors import SIDECAR_FAULTS, BadSidecar


def every_kind(base: type[Exception]) -> Iterator[type[Exception]]:
    yield base
    for kind in base.__subclasses__():
        yield from every_kind(kind)


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


ALL_KINDS = [*every_kind(LibraryError), *every_kind(BotError)]


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.code)
def test_every_error_code_has_vietnamese_words(kind):
    assert kind.code in texts.ERRORS


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.code)
def test_the_words_of_an_error_name_only_facts_that_it_has(kind):
    made_of_facts = {"problem"} if kind is BadSidecar else set()
    assert slots(texts.ERRORS[kind.code]) <= slots(kind.template) | made_of_facts


def test_every_fault_of_a_sidecar_has_vietnamese_words():
    assert set(texts.SIDECAR_PROBLEMS) == set(SIDECAR_FAULTS)


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.code)
def test_an_error_says_every_file_and_value_that_it_knows(kind):
    facts = {name: f"<{name}>" for name in slots(kind.template)} | (
        {"fault": "bad_value"} if kind is BadSidecar else {}
    )
    made = {BadSettings: lambda: BadSettings(["<problems>"]), BadRoll: lambda: BadRoll("<path>", ["<problems>"])}
    error = made.get(kind, lambda: kind(**facts))()
    said = texts.error_text(error)
    assert [
        name for name in facts.keys() & {"path", "folder", "key", "name", "line", "problems"} if f"<{name}>" not in said
    ] == []


def test_codes_are_not_shared_by_two_errors():
    assert len({kind.code for kind in ALL_KINDS}) == len(ALL_KINDS)


def test_no_words_are_kept_for_a_code_that_is_gone():
    assert set(texts.ERRORS) == {kind.code for kind in ALL_KINDS}


def test_every_setting_says_what_it_needs():
    assert set(texts.SETTINGS) == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
