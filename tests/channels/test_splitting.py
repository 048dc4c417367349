import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.splitting import parts, units
from bot.messages import (
    Choice,
    Choices,
    File,
    Link,
    Picture,
    QuoteBlock,
    Reply,
    Text,
    block_text,
    citation_text,
    plain_text,
    quoted_text,
    say,
    stressed_parts,
)

SENTENCE = "Chi bộ sinh hoạt thường lệ mỗi tháng một lần. "
ASKED = Choices(choices=(Choice(label="xem thêm", send="xem thêm"), Choice(label="văn bản gốc", send="văn bản gốc")))
SHEET = File(path="ct-24.docx", name="ct-24.docx")


def split(*blocks, length=200, choices=False):
    return parts(Reply(blocks=blocks), length=length, choices=choices)


def texts_of(found):
    return [plain_text(part) for part in found]


words = st.text(st.characters(categories=["L", "Nd", "P", "So", "Mn"]), min_size=1, max_size=12)
spaces = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  \n"])
prose = st.lists(st.tuples(words, spaces), max_size=100).map(lambda pairs: "".join(word + gap for word, gap in pairs))
quotes = st.builds(
    QuoteBlock,
    text=prose,
    citation=st.just("Chỉ thị 1, trang 2"),
    lead=st.none() | prose,
    more=st.integers(min_value=0, max_value=3),
    cut=st.booleans(),
    sample=st.booleans(),
)
choice_lists = st.lists(st.builds(Choice, label=words, send=words), min_size=1, max_size=5)
blocks = st.one_of(
    st.builds(Text, text=prose),
    quotes,
    st.builds(Link, label=prose, url=words),
    choice_lists.map(lambda made: Choices(choices=tuple(made))),
    st.just(SHEET),
    st.builds(Picture, data=st.just("AAAA"), caption=prose),
)
replies = st.lists(blocks, max_size=6).map(lambda made: Reply(blocks=tuple(made)))


def shown_words(reply: Reply) -> list[str]:
    """Of what is no quote: those are compared by their own rule."""
    shown = [block_text(block) for block in reply.blocks if not isinstance(block, QuoteBlock | File)]
    return " ".join(unicodedata.normalize("NFC", text) for text in shown).split()


def quoted_words(reply: Reply) -> list[str]:
    shown = [f"{block.lead or ''} {block.text}" for block in reply.blocks if isinstance(block, QuoteBlock)]
    return " ".join(unicodedata.normalize("NFC", text) for text in shown).split()


def joined(found: tuple[Reply, ...]) -> Reply:
    return Reply(blocks=tuple(block for part in found for block in part.blocks))


@settings(suppress_health_check=[HealthCheck.too_slow])  # making long replies is slow beside other work
@given(reply=replies, length=st.integers(min_value=160, max_value=900))
def test_every_part_fits_and_no_word_is_lost_moved_or_cut(reply, length):
    found = parts(reply, length=length, choices=False)
    whole = joined(found)
    assert [units(text) for text in texts_of(found) if units(text) > length] == []
    assert quoted_words(whole) == quoted_words(reply)
    assert shown_words(whole) == shown_words(reply)


@settings(suppress_health_check=[HealthCheck.too_slow])  # making long replies is slow beside other work
@given(reply=replies, length=st.integers(min_value=160, max_value=900))
def test_with_buttons_every_part_fits_and_buttons_end_it(reply, length):
    found = parts(reply, length=length, choices=True)
    sent = [block for part in found for block in part.blocks if isinstance(block, Choices)]
    texts = [Reply(blocks=tuple(b for b in part.blocks if not isinstance(b, Choices))) for part in found]
    assert [units(plain_text(text)) for text in texts if units(plain_text(text)) > length] == []
    assert len(sent) == sum(isinstance(block, Choices) for block in reply.blocks)
    assert [part for part in found if any(isinstance(block, Choices) for block in part.blocks[:-1])] == []


@given(text=st.text(st.sampled_from("ạ̣e\u0301\u0323👍👍🏽🇻🇳👩\u200d🌾x"), max_size=300))
def test_a_word_above_the_limit_is_cut_between_letters_and_loses_nothing(text):
    found = split(Text(text=text), length=40)
    texts = texts_of(found)
    assert unicodedata.normalize("NFC", "".join(texts)) == unicodedata.normalize("NFC", text)
    assert [part for part in texts if units(part) > 40] == []


@pytest.mark.parametrize("sign", ["x\u0323", "e\u0323\u0302", "👍", "👍🏽", "🇻🇳", "👩\u200d🌾", "☎\ufe0f"])
@pytest.mark.parametrize("length", [40, 41, 42, 43, 44])
def test_a_sign_of_several_characters_stays_whole(sign, length):
    texts = texts_of(split(Text(text=sign * 50), length=length))
    assert len(texts) > 1
    assert {text.replace(unicodedata.normalize("NFC", sign), "") for text in texts} == {""}


@given(text=prose.filter(str.strip), length=st.integers(min_value=120, max_value=400))
def test_a_long_quote_becomes_quotes_with_the_citation_and_each_but_the_last_goes_on(text, length):
    quote = QuoteBlock(text=text, citation="Chỉ thị 1, trang 2", more=2)
    pieces = [block for part in split(quote, length=length) for block in part.blocks]
    assert {piece.citation for piece in pieces} == {quote.citation}
    assert [(piece.cut, piece.more) for piece in pieces] == [(True, 0)] * (len(pieces) - 1) + [(False, 2)]


def test_a_lead_stands_in_the_first_piece_only():
    quote = QuoteBlock(text=SENTENCE * 20, lead="Các chi bộ phải:", citation="Chỉ thị 1")
    pieces = [block for part in split(quote) for block in part.blocks]
    assert [piece.lead for piece in pieces] == ["Các chi bộ phải:"] + [None] * (len(pieces) - 1)


def test_a_lead_that_fills_a_part_comes_before_as_a_quote_that_goes_on():
    quote = QuoteBlock(text=SENTENCE, lead=SENTENCE * 5, citation="Chỉ thị 1")
    pieces = [block for part in split(quote) for block in part.blocks]
    assert [piece.cut for piece in pieces] == [True] * (len(pieces) - 1) + [False]
    assert " ".join(piece.text for piece in pieces).split() == (SENTENCE * 6).split()


def test_a_quote_under_a_citation_that_fills_most_of_a_part_loses_no_word():
    quote = QuoteBlock(text=SENTENCE * 6, citation="Quy định về " + SENTENCE * 4)
    assert " ".join(texts_of(split(quote))).split() == f"{quoted_text(quote)}\n{citation_text(quote)}".split()


def test_what_fits_stays_one_part():
    assert split(Text(text="a"), QuoteBlock(text="b", citation="c")) == (
        Reply(blocks=(Text(text="a"), QuoteBlock(text="b", citation="c"))),
    )


def test_without_a_limit_nothing_is_split():
    reply = Reply(blocks=(Text(text=SENTENCE * 500), SHEET, ASKED))
    assert parts(reply, length=None, choices=True) == (reply,)


def test_between_blocks_before_within_them():
    first, second = Text(text=SENTENCE * 3), Text(text=SENTENCE * 3)
    assert split(first, second) == (Reply(blocks=(first,)), Reply(blocks=(second,)))


@pytest.mark.parametrize("border", ["\n\n", "\n"], ids=["paragraphs", "lines"])
def test_between_paragraphs_and_lines_before_sentences(border):
    first, second = (SENTENCE * 3).strip(), (SENTENCE * 4).strip()
    assert texts_of(split(Text(text=first + border + second))) == [first, second]


def test_between_sentences_before_words():
    assert texts_of(split(Text(text=SENTENCE * 6))) == [(SENTENCE * 4).strip(), (SENTENCE * 2).strip()]


@pytest.mark.parametrize("label", ["Điều 5.", "TP."])
def test_the_dot_of_a_number_or_a_short_name_ends_no_sentence(label):
    first, _ = texts_of(split(Text(text=f"{'x ' * 60}{label} {'y ' * 60}")))
    assert first.split()[-1] == "y"


def test_a_long_block_begins_in_the_part_before_it_where_there_is_room():
    first, *_ = split(Text(text="Trích dẫn:"), QuoteBlock(text=SENTENCE * 6, citation="Chỉ thị 1"))
    assert [type(block) for block in first.blocks] == [Text, QuoteBlock]


def test_a_long_block_begins_anew_where_there_is_little_room():
    short = Text(text="x" * 100)
    first, *_ = split(short, Text(text=SENTENCE * 6))
    assert first == Reply(blocks=(short,))


def test_a_word_that_fits_a_message_is_not_cut_to_fill_the_part_before():
    long_word = "y" * 180
    assert long_word in " ".join(texts_of(split(Text(text="x" * 40), Text(text=f"{long_word} {SENTENCE}")))).split()


def test_choices_as_lines_are_counted():
    found = split(Text(text="x" * 180), ASKED, length=200)
    assert found == (Reply(blocks=(Text(text="x" * 180),)), Reply(blocks=(ASKED,)))


def test_buttons_count_nothing_and_end_their_part():
    text, after = Text(text="x" * 195), Text(text="y")
    assert split(text, ASKED, after, choices=True) == (Reply(blocks=(text, ASKED)), Reply(blocks=(after,)))


def test_buttons_after_a_file_stand_under_the_text_before_it():
    text = Text(text="Văn bản gốc:")
    assert split(text, SHEET, ASKED, choices=True) == (Reply(blocks=(text, ASKED)), Reply(blocks=(SHEET,)))


def test_buttons_before_a_text_stand_under_it():
    assert split(ASKED, Text(text="a"), Text(text="b"), choices=True) == (
        Reply(blocks=(Text(text="a"), ASKED)),
        Reply(blocks=(Text(text="b"),)),
    )


def test_files_and_pictures_are_parts_of_their_own():
    picture = Picture(data="AAAA", caption="Mã")
    assert split(Text(text="a"), SHEET, picture, Text(text="b")) == tuple(
        Reply(blocks=(block,)) for block in (Text(text="a"), SHEET, picture, Text(text="b"))
    )


def test_a_block_that_shows_nothing_makes_no_part():
    assert split(Text(text=" \n"), Text(text="a")) == say_parts("a")


def say_parts(*texts):
    return tuple(say(text) for text in texts)


def test_the_words_that_answer_stay_stressed_in_whichever_piece_they_stand() -> None:
    text = SENTENCE * 12 + "trước ngày 10." + " " + SENTENCE * 6
    start = text.index("trước ngày 10")
    quote = QuoteBlock(text=text, citation="Chỉ thị 1", stressed=((start, start + 13),))
    pieces = [block for reply in split(quote) for block in reply.blocks if isinstance(block, QuoteBlock)]
    assert len(pieces) > 1
    assert [words for piece in pieces for words, bold in stressed_parts(piece) if bold] == ["trước ngày 10"]
