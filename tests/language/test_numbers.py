import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from index.language.numbers import TYPE_NAMES, canonical, find_numbers, house_type, matches
from index.language.text import fold
from index.types import DocumentNumber

CASES: dict[str, list[str]] = {
    text: expected
    for group in yaml.safe_load(Path(__file__).with_name("numbers_cases.yaml").read_text("utf-8")).values()
    for text, expected in group.items()
}


def in_words(number: DocumentNumber) -> str:
    return " ".join([number.number, number.type, number.symbol or "-", *number.candidates])


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=[repr(text) for text in CASES])
def test_the_numbers_of_the_table_are_found(text: str, expected: list[str]) -> None:
    assert [in_words(number) for number in find_numbers(text)] == expected


@pytest.mark.parametrize("text", CASES, ids=repr)
def test_a_decomposed_text_holds_the_same_numbers(text: str) -> None:
    decomposed = [in_words(number) for number in find_numbers(unicodedata.normalize("NFD", text))]
    assert decomposed == [in_words(number) for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Theo Chỉ thị số 24-CT/TU, ngày 5/9/2026", ["24-CT/TU"]),
        ("theo chỉ thị số 24 của thành ủy thì", ["chỉ thị số 24 của thành ủy"]),
        ("nghị quyết 18 và 19 nói gì", ["nghị quyết 18", "19"]),
        ("Nghị quyết số 12, ngày 05/9/2026 của Đảng ủy", ["Nghị quyết số 12"]),
        ("qđ 217-qđ/tw", ["217-qđ/tw"]),
    ],
)
def test_the_span_is_the_symbol_or_the_words_that_say_it(text: str, written: list[str]) -> None:
    assert [text[number.span.start : number.span.end] for number in find_numbers(text)] == written


def test_spans_count_in_the_text_as_given() -> None:
    text = unicodedata.normalize("NFD", "theo chỉ thị 24 ạ")
    (number,) = find_numbers(text)
    assert text[number.span.start : number.span.end] == unicodedata.normalize("NFD", "chỉ thị 24")


PARTY_TYPES = ("NQ", "CT", "KL", "QĐ", "QĐi", "QC", "HD", "TB", "BC", "KH", "CTr", "ĐA", "PA", "TTr", "CV", "BB")
PARTY_ISSUERS = ("TW", "TU", "HU", "QU", "ĐU", "ĐUK", "VPTW", "BTCTU", "UBKTĐU", "BTGDVTU", "BTCTU-BDVTU")
PARTY_SPELLINGS = (
    "{n}-{t}/{i}", "{n:02}-{t}/{i}", "Số {n}-{t}/{i}", "số: {n} - {t}/{i}", "{n}{t}/{i}", "{n} {t}/{i}", "{n}–{t}/{i}",
    "{n}/{t}-{i}", "{n} - {t} / {i}", "({n}-{t}/{i})", "{n}-{t}/{i}.", "\u200b{n}\u00a0-\u00a0{t}/{i}",
)  # fmt: skip
TYPED_SPELLINGS = ("{n} {t} {i}", "{n}-{t} {i}", "{n}{t} {i}", "{t} {n} {i}", "{t}{n}/{i}", "{t} số {n} của {i}")


@given(
    count=st.integers(1, 9999),
    kind=st.sampled_from(PARTY_TYPES),
    issuer=st.sampled_from(PARTY_ISSUERS),
    spelling=st.sampled_from(PARTY_SPELLINGS),
    change=st.sampled_from([str, str.lower, str.upper]),
)
def test_a_party_symbol_in_any_spelling_is_the_same(
    count: int, kind: str, issuer: str, spelling: str, change: Callable[[str], str]
) -> None:
    text = change(spelling.format(n=count, t=kind, i=issuer))
    assert [number.symbol for number in find_numbers(text)] == [f"{count}-{kind}/{issuer}"]


@given(
    count=st.integers(1, 1899),
    kind=st.sampled_from(PARTY_TYPES),
    issuer=st.sampled_from(("TW", "TU", "HU", "QU", "ĐU", "VPTW", "BTCTU", "UBKTĐU")),
    spelling=st.sampled_from(TYPED_SPELLINGS),
)
def test_an_unmarked_number_may_mean_the_printed_one(count: int, kind: str, issuer: str, spelling: str) -> None:
    (asked,) = find_numbers(fold(spelling.format(n=count, t=kind, i=issuer)))
    assert matches(asked, f"{count:02}-{kind}/{issuer}")


@given(
    count=st.integers(1, 9999),
    year=st.integers(1945, 2099),
    body=st.sampled_from(("NĐ-CP", "QĐ-TTg", "TT-BTC", "TT-BCT", "TTLT-BTC-BNV", "NQ-HĐND", "QĐ-UBND")),
    spelling=st.sampled_from(("{n}/{y}/{b}", "số {n:02}/{y}/{b}", "{n} / {y} / {b}", "{n}/{y}/ {b}", "{n}/{y}/{b},")),
    change=st.sampled_from([str, str.lower, str.upper, fold]),
)
def test_a_state_symbol_in_any_spelling_is_the_same(
    count: int, year: int, body: str, spelling: str, change: Callable[[str], str]
) -> None:
    assert canonical(change(spelling.format(n=count, y=year, b=body))) == f"{count}/{year}/{body}"


@pytest.mark.parametrize("text", [text for text, expected in CASES.items() if expected and "/" in expected[0]])
def test_a_symbol_is_its_own_canonical_form(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


PIECES = st.lists(
    st.sampled_from([
        "chỉ thị", "nghị quyết", "số", "24", "05", "2026", "-", "/", "CT", "NQ", "qđ", "TU", "ĐU", "của", "trung ương",
        ",", "và", " ", "\n", "điều", "tháng", "%", ".", "1.000", "QH15", "da", "tt",
    ])
)  # fmt: skip


@given(st.text() | PIECES.map("".join) | PIECES.map(" ".join))
def test_spans_lie_apart_inside_the_text(text: str) -> None:
    spans = [number.span for number in find_numbers(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@given(PIECES.map(" ".join))
def test_every_type_found_has_a_name(text: str) -> None:
    assert all(kind in TYPE_NAMES for number in find_numbers(text) for kind in (number.type, *number.candidates))


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("24 ct", "24-CT/TU"), ("chỉ thị 24", "024-CT/TU"), ("kl 1", "01-KL/TW"),
        ("01-kl/tw", "1-KL/TW"),
        ("qđ 19", "19-QĐi/TU"), ("quy định 19", "19-QyĐ/TU"), ("da 5", "05-ĐA/TU"), ("da 5", "05-DA/TU"),
        ("tt 5", "5-TTr/CB"),
        ("nghị định 30", "30/2020/NĐ-CP"), ("nđ 30/2020", "30/2020/NĐ-CP"), ("chỉ thị 24 của thành ủy", "24-CT/TU"),
        ("117/2025/qh15", "117/2025/QH15"), ("nq 5 du", "05-NQ/ĐU"), ("ctr 5", "05-CTHĐ/TU"),
    ],
)  # fmt: skip
def test_an_asked_number_matches(asked: str, number: str) -> None:
    assert matches(find_numbers(asked)[0], number)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("chỉ thị 24", "25-CT/TU"), ("chỉ thị 24", "240-CT/TU"), ("chỉ thị 24", "24-NQ/TU"),
        ("24-ct/tw", "24-CT/TU"),
        ("nq 5 của đảng ủy", "05-NQ/ĐUK"), ("đề án 5", "05-DA/TU"), ("nđ 30/2020", "30/2021/NĐ-CP"),
        ("qđi 19", "19-QĐ/TU"),
        ("chỉ thị 24", ""), ("chỉ thị 24", "-KH/ĐU"),
    ],
)  # fmt: skip
def test_another_number_does_not_match(asked: str, number: str) -> None:
    assert not matches(find_numbers(asked)[0], number)


@pytest.mark.parametrize(
    ("words", "symbol"),
    [
        ("Nghị quyết", "NQ"), ("CHỈ THỊ", "CT"), ("quy dinh", "QĐ"), ("Quyết  định", "QĐ"), ("QUY ĐỊNH", "QĐ"),
        ("Thông tri", "TT"),
        ("Thông tư", "TT"), ("Luật", "L"), ("Đề án", "ĐA"), ("Dự án", "DA"), ("Quy chế", "QC"),
        ("Thông báo kết luận", "TB"),
        ("bão cao", None), ("Hội nghị", None), ("Nghị quyết về", None), ("", None),
    ],
)  # fmt: skip
def test_the_type_of_a_title_line_is_its_symbol(words: str, symbol: str | None) -> None:
    assert house_type(words) == symbol


SHARED_NAMES = {"QĐi", "QyĐ", "TBKL", "CTHĐ"}


@pytest.mark.parametrize(("symbol", "name"), [item for item in TYPE_NAMES.items() if item[0] not in SHARED_NAMES])
def test_every_type_name_leads_back_to_its_symbol(symbol: str, name: str) -> None:
    assert house_type(name) == symbol


def test_canonical_leaves_what_is_no_number_in_capitals() -> None:
    assert canonical("Số – kh/đu") == "SỐ-KH/ĐU"
