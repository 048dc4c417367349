"""A reply that has waited shows only what its chat may see at the moment when it goes."""

from __future__ import annotations

from bot import texts
from bot.asking.recheck import as_allowed
from bot.messages import Chain, ChainPaper, Choices, File, QuoteBlock, Reply, Text, plain_text, say
from bot.state import outbox
from bot.state.outbox import Parcel
from tests.asking.ward import COMMITTEE, MEMBERS, NOW, PUBLIC, Ward


def parcel(ward: Ward, *blocks: QuoteBlock | File, channel: str = "telegram", chat: str = "telegram-an") -> Parcel:
    reply = Reply(blocks=(*say("Trả lời:").blocks, *blocks))
    with ward.database.transaction() as db:
        number = outbox.put(db, channel=channel, chat=chat, reply=reply, now=NOW)
        due = next(each for each in outbox.due(db, channel, now=NOW, limit=99) if each.number == number)
        outbox.mark_sent(db, number, platform_message=None, now=NOW)
    return due


def quote(ward: Ward, file: str) -> QuoteBlock:
    return QuoteBlock(text=f"lời của {file}", citation="nơi", directive=ward.directive(file).id)


def shown(ward: Ward, *blocks: QuoteBlock | File, channel: str = "telegram", chat: str = "telegram-an") -> str:
    reply = as_allowed(ward.database, ward.asking.sight, parcel(ward, *blocks, channel=channel, chat=chat))
    return plain_text(reply) if reply else ""


def test_what_is_withdrawn_while_a_reply_waits_is_left_out_and_that_is_said_once(ward: Ward) -> None:
    ward.link(ward.asker("an").member, "telegram")  # type: ignore[arg-type]
    quotes = quote(ward, MEMBERS), quote(ward, PUBLIC), quote(ward, MEMBERS)
    original = File(path=MEMBERS, name=MEMBERS, directive=ward.directive(MEMBERS).id)
    assert shown(ward, *quotes).count(f"lời của {MEMBERS}") == 2
    ward.override(MEMBERS, withdrawn=True)
    left = shown(ward, *quotes, original)
    assert f"lời của {PUBLIC}" in left
    assert MEMBERS not in left
    assert left.count(texts.NO_LONGER_SHOWN) == 1


def test_a_reply_of_nothing_else_is_nothing(ward: Ward) -> None:
    waiting = parcel(ward, quote(ward, MEMBERS))
    alone = waiting.model_copy(update={"reply": Reply(blocks=waiting.reply.blocks[1:])})
    assert as_allowed(ward.database, ward.asking.sight, alone) is None


def test_the_ceiling_of_the_channel_and_the_role_of_this_moment_hold(ward: Ward) -> None:
    for code, channel in (("chi", "web"), ("chi", "telegram"), ("an", "web")):
        ward.link(ward.asker(code).member, channel)  # type: ignore[arg-type]
    secret = quote(ward, COMMITTEE)
    seen = {
        chat: COMMITTEE in shown(ward, secret, channel=chat.split("-")[0], chat=chat)
        for chat in ("web-chi", "telegram-chi", "web-an")
    }
    assert seen == {"web-chi": True, "telegram-chi": False, "web-an": False}


def test_a_group_and_a_stranger_see_what_is_public_and_a_registered_group_what_is_the_members(ward: Ward) -> None:
    ward.register("-1", "member")
    ward.register("-1", "member", channel="zalo")
    files = PUBLIC, MEMBERS, COMMITTEE

    def seen(channel: str, chat: str) -> set[str]:
        text = shown(ward, *(quote(ward, file) for file in files), channel=channel, chat=chat)
        return {file for file in files if file in text}

    assert seen("telegram", "-1") == {PUBLIC, MEMBERS}
    assert seen("telegram", "-2") == seen("telegram", "ai đó") == {PUBLIC}
    assert seen("zalo", "-1") == {PUBLIC}, "the ceiling of the channel"


def test_what_shows_no_paper_is_not_looked_at(ward: Ward) -> None:
    waiting = parcel(ward).model_copy(update={"reply": Reply(blocks=(*say("chào").blocks, Choices(choices=())))})
    ward.database.close()
    assert as_allowed(ward.database, None, waiting) is waiting.reply  # type: ignore[arg-type]


def test_a_picture_that_names_a_withdrawn_paper_is_left_out_whole(ward: Ward) -> None:
    ward.link(ward.asker("an").member, "web")  # type: ignore[arg-type]
    papers = (ChainPaper(directive=ward.directive(file).id, label=file, detail="2025") for file in (PUBLIC, MEMBERS))
    chain = Chain(title="Sơ đồ", papers=tuple(papers), arrows=())
    waiting = parcel(ward, chain, channel="web", chat="web-an")  # type: ignore[arg-type]
    assert as_allowed(ward.database, ward.asking.sight, waiting) == waiting.reply
    ward.override(MEMBERS, withdrawn=True)
    allowed = as_allowed(ward.database, ward.asking.sight, waiting)
    assert allowed is not None
    assert allowed.blocks == (*waiting.reply.blocks[:1], *say(texts.NO_LONGER_SHOWN).blocks)


def test_a_sentence_that_names_a_withdrawn_paper_is_left_out(ward: Ward) -> None:
    ward.link(ward.asker("an").member, "telegram")  # type: ignore[arg-type]
    member = ward.directive(MEMBERS)
    named = Text(text="được thay thế bởi văn bản kia", directives=(member.id,))
    typed = Text(text=f"Tôi không tìm thấy văn bản {member.number}.")  # of a paper that is as good as not there
    assert "văn bản kia" in shown(ward, named, typed)  # type: ignore[arg-type]
    ward.override(MEMBERS, withdrawn=True)
    left = shown(ward, named, typed, quote(ward, PUBLIC))  # type: ignore[arg-type]
    assert "văn bản kia" not in left
    assert typed.text in left
    assert f"lời của {PUBLIC}" in left


def test_a_warning_stays_without_the_name_of_a_withdrawn_paper(ward: Ward) -> None:
    ward.link(ward.asker("an").member, "telegram")  # type: ignore[arg-type]
    warned = quote(ward, PUBLIC).model_copy(
        update={"warning": "Đã được thay thế bởi văn bản kia.", "warned_by": (ward.directive(MEMBERS).id,)}
    )
    assert "văn bản kia" in shown(ward, warned)
    ward.override(MEMBERS, withdrawn=True)
    left = shown(ward, warned)
    assert "văn bản kia" not in left
    assert texts.QUOTE_CHANGED_PERHAPS in left
