"""Originals and the list of directives, each with the rights of the moment."""

from __future__ import annotations

import pytest
from itsdangerous import TimestampSigner

from bot import texts
from bot.answering.listed import PAGE as LIST_PAGE
from bot.people.access import Asker
from bot.state import members
from tests.asking.ward import COMMITTEE, MEMBERS, PAGE, PUBLIC, Ward

LETTERBOX = "hòm thư góp ý mở vào thứ mấy?"
MEETING = "chi bộ sinh hoạt định kỳ vào ngày nào?"


@pytest.mark.parametrize("text", ["/vanbangoc", "văn bản gốc", "toàn văn", "file gốc"])
def test_the_file_of_the_last_quote_is_sent(ward, text):
    ward.send("an", LETTERBOX)
    ward.send("an", text)
    assert [(file.path, file.directive) for file in ward.files] == [(PUBLIC, ward.directive(PUBLIC).id)]


def test_without_a_quote_no_file_is_meant(ward):
    assert ward.send("an", "/vanbangoc") == texts.NO_ORIGINAL_MEANT


def test_a_directive_that_may_no_longer_be_seen_is_as_none(ward):
    ward.send("an", MEETING)
    ward.override(MEMBERS, withdrawn=True)
    assert ward.send("an", "/vanbangoc") == texts.NO_ORIGINAL_MEANT


def test_a_channel_without_files_gets_a_link(ward):
    ward.send("an", LETTERBOX, channel="zalo")
    ward.send("an", "/vanbangoc", channel="zalo")
    assert ward.files == []
    assert len(ward.links) == 1
    assert ward.links[0].startswith(f"{PAGE}/lien-ket/")


def test_without_a_web_page_such_a_channel_is_sent_to_the_office(make_ward):
    ward = make_ward(public_url=None)
    ward.add("an")
    ward.send("an", LETTERBOX, channel="zalo")
    assert "liên hệ văn phòng" in ward.send("an", "/vanbangoc", channel="zalo")


@pytest.fixture
def signature(ward) -> str:
    ward.send("an", LETTERBOX, channel="zalo")
    ward.send("an", "/vanbangoc", channel="zalo")
    return ward.links[0].rpartition("/")[2]


def test_a_link_opens_the_file(ward, signature, corpus):
    original = ward.originals.linked_original(signature)
    assert original is not None
    assert original.path == (corpus / PUBLIC).resolve()


@pytest.mark.parametrize("damage", [lambda s: s + "x", lambda s: s[::-1], lambda s: "", lambda s: "1:zalo:x"])
def test_a_forged_link_opens_nothing(ward, signature, damage):
    assert ward.originals.linked_original(damage(signature)) is None


def test_a_link_runs_out(ward, signature, monkeypatch):
    now = TimestampSigner("x").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: now + 15 * 60 + 2)
    assert ward.originals.linked_original(signature) is None


def test_a_link_opens_nothing_when_the_directive_is_withdrawn(ward, signature):
    ward.override(PUBLIC, withdrawn=True)
    assert ward.originals.linked_original(signature) is None


def test_a_link_opens_nothing_above_the_ceiling_of_its_channel(ward, signature):
    ward.override(PUBLIC, audience="member")
    assert ward.originals.linked_original(signature) is None


def test_a_link_ends_with_its_member(ward, signature):
    with ward.database.transaction() as db:
        members.remove(db, ward.asker("an").member.id)
    assert ward.originals.linked_original(signature) is None


def test_a_link_of_somebody_else_s_making_is_none_of_ours(ward):
    other = ward.keys.sign("invitation", f"0:web:{ward.directive(PUBLIC).id}")
    assert ward.originals.linked_original(other) is None


def test_an_original_is_handed_out_by_rights(ward):
    directive = ward.directive(COMMITTEE).id
    assert ward.originals.original_of(directive, ward.asker("chi")) is not None
    assert ward.originals.original_of(directive, ward.asker("chi"), channel="telegram") is None
    assert ward.originals.original_of(directive, ward.asker("an")) is None
    assert ward.originals.original_of(directive, Asker()) is None
    assert ward.originals.original_of("no-such-directive", ward.asker("quan")) is None


def test_guests_get_no_original_where_only_members_are_answered(ward):
    assert ward.originals.original_of(ward.directive(PUBLIC).id, Asker()) is None


def test_a_link_in_the_corpus_that_leads_out_of_it_is_not_followed(ward, library, tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_text("secret", encoding="utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / PUBLIC).symlink_to(outside)
    other = Ward(library, ward.database, corpus)
    assert other.originals.original_of(other.directive(PUBLIC).id, other.asker("quan")) is None
    other.send("quan", LETTERBOX)
    assert "liên hệ văn phòng" in other.send("quan", "/vanbangoc")


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_counts_and_shows_only_what_is_visible_newest_first(ward):
    assert ward.send("an", "/vanban").startswith(texts.DIRECTIVES_LISTED.format(count=4))
    assert [label.split(" (")[0] for label in ward.labels] == [
        "Hướng dẫn 15-HD/ĐU",
        "Quy chế 08-QC/ĐU",
        "Chỉ thị 20-CT/TU",
        "Chỉ thị 20-CT/TU",
    ]
    assert ward.send("chi", "danh sách văn bản").startswith(texts.DIRECTIVES_LISTED.format(count=5))


def test_the_list_ends_at_the_ceiling_without_a_hint(ward):
    assert ward.send("chi", "/vanban", channel="telegram").startswith(texts.DIRECTIVES_LISTED.format(count=4))
    assert ward.send("chi", "/vanban", channel="zalo").startswith(texts.DIRECTIVES_LISTED.format(count=1))
    assert ward.links == []


@pytest.mark.parametrize(
    ("words", "count"),
    [("rác thải", 1), ("RAC THAI", 1), ("20-CT/TU", 2), ("chỉ thị 20", 2), ("20", 2), ("2025", 2), ("8", 1), ("3", 0)],
)
def test_the_list_is_filtered_by_words_number_or_year(ward, words, count):
    ward.send("an", f"/vanban {words}")
    assert len(ward.choices) == count


def test_choosing_from_the_list_shows_that_directive_and_goes_on_from_it(ward):
    ward.send("an", "/vanban 20-CT/TU")
    ward.press("an", ward.labels[1])
    assert "Lâm Giang" in ward.send("an", "ai ban hành?")


def test_every_directive_of_the_samples_can_be_chosen(sample_library, state, tmp_path):
    ward = Ward(sample_library, state, tmp_path)
    ward.add("quan", "administrator")
    for directive in sample_library.list():
        ward.send("quan", f"/vanban {directive.id}")
        assert ward.outcome.answer.answered, directive.id
        assert {quote.directive.id for quote in ward.outcome.answer.quotes} == {directive.id}


def test_a_long_list_is_turned_over(sample_library, state, tmp_path):
    ward = Ward(sample_library, state, tmp_path)
    ward.add("quan", "administrator")
    listed: list[str] = []
    ward.send("quan", "/vanban đảng ủy")
    while texts.DIRECTIVES_NEXT in ward.labels:
        assert len(ward.choices) == LIST_PAGE + 1
        listed += ward.labels[:LIST_PAGE]
        ward.press("quan", texts.DIRECTIVES_NEXT)
    listed += ward.labels
    assert len(listed) > LIST_PAGE
    assert f"Có {len(listed)} văn bản" in ward.send("quan", "/vanban đảng ủy")


def test_a_page_beyond_the_last_is_the_last(ward):
    assert ward.send("an", "/vanban trang 99") == ward.send("an", "/vanban")


def test_the_id_of_a_hidden_directive_says_no_more_than_one_that_is_made_up(ward):
    hidden = ward.send("an", f"/vanban {ward.directive(COMMITTEE).id}")
    assert hidden == ward.send("an", "/vanban 88-nq-du.nghi-quyet.x.2025-09-20") == texts.NO_DIRECTIVES
