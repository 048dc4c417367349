from __future__ import annotations

import pytest

from index.language.typing import leftovers, mistyped, replaced, telex, vni


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dduwocj", "được"), ("dduowcj", "được"), ("ddangr", "đảng"), ("nghij", "nghị"), ("quyeets", "quyết"),
        ("truwowngf", "trường"), ("khoong", "không"), ("hoaf", "hòa"), ("uyr", "ủy"), ("giaays", "giấy"),
    ],
)  # fmt: skip
def test_keys_of_telex_are_read(typed: str, meant: str) -> None:
    assert telex(typed) == meant


@pytest.mark.parametrize("typed", ["chi", "camera", "email", "python", "online", "được", "24", ""])
def test_what_is_no_telex_stays(typed: str) -> None:
    assert telex(typed) is None


@pytest.mark.parametrize(("typed", "meant"), [("bo65", "bộ"), ("d9a3ng", "đảng"), ("quye61t", "quyết")])
def test_keys_of_vni_are_read(typed: str, meant: str) -> None:
    assert vni(typed) == meant


@pytest.mark.parametrize("typed", ["kp5", "t10", "24", "nq12", "lop10", "2026", "cb3"])
def test_words_with_numbers_stay(typed: str) -> None:
    assert vni(typed) is None


def test_only_a_common_syllable_is_read_out_of_keys() -> None:
    assert leftovers("test", {"được"}.__contains__) == ()
    assert replaced("chua dduwocj hop", leftovers("chua dduwocj hop", {"được"}.__contains__)) == "chua được hop"


def test_a_slip_is_mended_by_words_that_are_there() -> None:
    often = {"truong": 3.0, "phuong": 9.0}
    assert [each.read for each in mistyped("phuonng khac", lambda word: False, often)] == ["phuong"]
    assert [each.read for each in mistyped("pohng chay", lambda word: False, {"phong": 4.0, "pong": 2.0})] == []


@pytest.mark.parametrize("text", ["phuong", "UBNDD", "24567", "abc", "xyzzyx"])
def test_what_is_a_syllable_or_like_nothing_stays(text: str) -> None:
    assert mistyped(text, lambda word: False, {"phuong": 1.0}) == ()


def test_a_known_word_is_no_slip() -> None:
    assert mistyped("phuonng", {"phuonng"}.__contains__, {"phuong": 1.0}) == ()


def test_where_two_words_are_as_near_nothing_is_mended() -> None:
    assert mistyped("trhan", lambda word: False, {"tran": 2.0, "than": 1.0}) == ()
