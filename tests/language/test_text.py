import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.text import aligned, fold, key, printed
from index.language.tokens import Token, bigrams, tokens

QUALITIES = {"a": "\u0302\u0306", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}
TONES = "\u0300\u0301\u0303\u0309\u0323"
ANY_LINE = st.text() | st.text(alphabet="aeouyđĐÐ" + TONES + "\u0302\u0306\u031b\u00ad\u200b \u00a0-–İq")


@given(ANY_LINE)
def test_printed_again_is_the_same(line: str) -> None:
    assert printed(printed(line)) == printed(line)


@given(ANY_LINE)
def test_the_key_is_as_long_as_the_printed_text(line: str) -> None:
    assert len(key(printed(line))) == len(printed(line))


@given(ANY_LINE)
def test_the_fold_is_as_long_as_the_printed_text(line: str) -> None:
    assert len(fold(printed(line))) == len(printed(line))


@given(ANY_LINE)
def test_a_key_of_a_key_is_the_same(line: str) -> None:
    assert key(key(line)) == key(line)


@given(ANY_LINE)
def test_the_tone_placement_never_changes_the_fold(line: str) -> None:
    assert fold(key(line)) == fold(line)


@pytest.mark.parametrize(
    ("letter", "quality", "tone"),
    [(letter, quality, tone) for letter, qualities in QUALITIES.items() for quality in qualities for tone in TONES],
)
def test_a_tone_typed_before_its_circumflex_composes_as_if_typed_after(letter: str, quality: str, tone: str) -> None:
    assert printed(letter + tone + quality) == unicodedata.normalize("NFC", letter + quality + tone)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  hai\u00a0\u2009cách\tđây ", "hai cách đây"),
        ("Ðảng ủy, ðồng chí, Ɖảng", "Đảng ủy, đồng chí, Đảng"),
        ("zero\u200bwidth\u200d\ufeff\u2060", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("“ĐĐU” – giữ nguyên…", "“ĐĐU” – giữ nguyên…"),
        ("", ""),
    ],
)
def test_only_what_does_not_print_is_repaired(line: str, expected: str) -> None:
    assert printed(line) == expected


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("UỶ BAN", "ủy ban"), ("xoá, hoạ", "xóa, họa"),
        ("quý", "quý"), ("quỹ", "quỹ"), ("toàn", "toàn"), ("khuỷu", "khuỷu"), ("huỳnh", "huỳnh"), ("ngoài", "ngoài"),
        ("hòa", "hòa"),
    ],
)  # fmt: skip
def test_the_key_places_tones_the_old_way(new: str, old: str) -> None:
    assert key(new) == old


@pytest.mark.parametrize("dash", "‐‑‒–—―−")
def test_every_dash_is_one_in_the_key(dash: str) -> None:
    assert key(f"24{dash}CT/TU") == "24-ct/tu"


def test_the_fold_of_every_vietnamese_letter_is_its_plain_letter() -> None:
    marked = [
        unicodedata.normalize("NFC", letter + quality + tone)
        for letter in "aeiouy"
        for quality, tone in itertools.product(("", *QUALITIES.get(letter, "")), ("", *TONES))
    ]
    assert {fold(letter) for letter in marked} == set("aeiouy")


def test_the_fold_of_d_with_stroke_is_d() -> None:
    assert fold("Đảng đoàn") == "dang doan"


@given(ANY_LINE)
def test_aligned_offsets_rise_from_the_start_to_the_end(text: str) -> None:
    shown, offsets = aligned(text)
    assert len(offsets) == len(shown) + 1
    assert offsets[-1] == len(text)
    assert list(offsets) == sorted(offsets)


@given(st.text(alphabet="đảng ủy phường"))
def test_aligned_decomposed_text_reads_as_composed(text: str) -> None:
    assert aligned(unicodedata.normalize("NFD", text))[0] == text


def keys(text: str, kind: str = "word") -> list[str]:
    return [token.key for token in tokens(text) if token.kind == kind]


def test_a_token_says_where_it_is_printed() -> None:
    assert tokens("Uỷ ban")[0] == Token("ủy", "uy", 0, 2, "word")


def test_doubled_d_is_one_in_tokens_while_offsets_point_at_both() -> None:
    assert tokens("ĐĐảng")[0] == Token("đảng", "dang", 0, 5, "word")


def test_a_symbol_is_one_token_and_one_without_its_issuer() -> None:
    assert [(token.key, token.folded, token.kind) for token in tokens("Số 024-QĐ/TU.")] == [
        ("số", "so", "word"),
        ("24-qđ/tu", "24-qd/tu", "number"),
        ("24-qđ", "24-qd", "part"),
    ]


def test_a_number_said_in_words_keeps_its_syllables() -> None:
    assert keys("chỉ thị 24 nói gì") == ["chỉ", "thị", "24", "nói", "gì"]


def test_a_number_said_in_words_meets_the_part_of_a_symbol() -> None:
    assert set(keys("chỉ thị 24", "number")) & set(keys("24-CT/TU", "part")) == {"24-ct"}


def test_bigrams_do_not_cross_a_number() -> None:
    assert bigrams(tokens("thực hiện 24-CT/TU của Thành ủy")) == ["thực_hiện", "của_thành", "thành_ủy"]


@given(ANY_LINE | st.text(alphabet="0123456789 -/CTTUqđnqchỉthị"))
def test_tokens_stand_in_order_inside_the_text(line: str) -> None:
    text = printed(line)
    starts = [token.start for token in tokens(text)]
    assert starts == sorted(starts)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens(text))
