"""What administrators do with the digest in chat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import texts
from bot.asking.sight import Sight
from bot.digest import ledger
from bot.digest.edition import Written
from bot.digest.office import DigestOffice
from bot.digest.reader import Reader
from bot.messages import Choice, Choices, Reply, Text, plain_text
from bot.state import digest_choices, letters, members, outbox
from bot.state import digests as ledgers
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.letters import LetterStatus
from bot.state.members import Member
from bot.state.outbox import Status
from index import Library, build_library, load_encoder
from tests.administration.office import Office
from tests.asking.ward import write_corpus
from tests.bot.judged import by_own_words
from tests.digest.conftest import MakeDigests
from tests.digest.makers import CHANNELS, TABLE, Digests, StandIn, local

MONDAY = "2026-11-23 07:30"
PAGE = "https://tracuu.example.vn"
NIGHT = "2026-11-23 22:00"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("office")
    write_corpus(folder / "corpus")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return Library.open(folder / "library")


class ForCommittee(StandIn):
    """Names a directive that only the committee may see."""

    def __init__(self, directive: str) -> None:
        super().__init__()
        self._directive = directive

    def written(self, member: Member, channel: str, *, number: int | None) -> Written:
        named = Text(text="việc của cấp ủy", directives=(self._directive,))
        buttons = Choices(choices=(Choice(label="Đã đọc", send=f"/daxem {number}"),))
        reply = Reply(blocks=(Text(text="mở đầu"), named, buttons))
        return Written(reply, reply, is_quiet=False, has_news=True)


Make = Callable[..., tuple[Digests, Office]]


@pytest.fixture
def make(library: Library, own_database: Database, make_digests: MakeDigests) -> Make:
    """Khu phố 1: DV1 on Telegram, DV2 on Zalo, DV3 without an account. Khu phố 2: QT1, an administrator."""

    def made(now: str = MONDAY, *, author: StandIn | None = None) -> tuple[Digests, Office]:
        digests = make_digests(now, author=author or StandIn())
        digests.add("DV1", "telegram")
        digests.add("DV2", "zalo")
        digests.add("DV3")
        digests.add("QT1", "telegram", cell="Khu phố 2", role="administrator")
        sight = Sight(
            library,
            own_database,
            ceilings={"telegram": "member"},
            public_answers=False,
            validity=by_own_words(library),
        )
        room = DigestOffice(own_database, sight, digests.claiming, TABLE, public_url=PAGE)
        reader = Reader(own_database, sight, channels=tuple(CHANNELS), timetable=TABLE, names=False, office=room.answer)
        office = Office(own_database, [reader.department(), room.department()])
        office.now = digests.clock.now
        return digests, office

    return made


def last(digests: Digests) -> int | None:
    with digests.database.reading() as db:
        found = ledgers.last(db)
    return found.number if found else None


# -- what would go out -------------------------------------------------------------------------------------------------


def test_the_preview_counts_each_cell_and_channel_and_says_who_gets_none_and_why(make: Make) -> None:
    digests, office = make()
    said = office.send("QT1", "/bantin xem")
    assert "3 đồng chí nhận, 1 đồng chí không nhận" in said
    assert texts.DIGEST_CELL.format(cell="Khu phố 1", count=2, channels="Telegram 1, Zalo 1") in said
    assert texts.DIGEST_CELL.format(cell="Khu phố 2", count=1, channels="Telegram 1") in said
    assert "chưa có tài khoản: 1 đồng chí (Nguyễn Văn DV3)" in said
    assert texts.DIGEST_LEAVES_NOW in said
    assert last(digests) is None


def test_the_preview_of_a_cell_shows_the_very_words_of_each_channel(make: Make) -> None:
    _, office = make()
    office.send("QT1", "/bantin xem")
    said = office.press("QT1", "Khu phố 1")
    for channel, name in (("Telegram", "DV1"), ("Zalo", "DV2")):
        heading = texts.DIGEST_VARIANT.format(channel=channel, count=1, names=f"Nguyễn Văn {name}")
        assert f"{heading}\n\nbản tin None của Khu phố 1 trên {channel.lower()}" in said
    assert "Khu phố 2" not in said


@pytest.mark.parametrize("cell", ["9", "khu phố"])
def test_a_cell_that_nobody_knows_is_asked_for_with_those_that_are_there(make: Make, cell: str) -> None:
    _, office = make()
    assert office.send("QT1", f"/bantin xem {cell}") == texts.DIGEST_NO_CELL.format(
        cell=cell, cells="Khu phố 1; Khu phố 2"
    )


def test_the_preview_shows_nothing_that_lies_above_the_channel_it_is_read_on(make: Make, library: Library) -> None:
    _, office = make(author=ForCommittee(library.find("77-NQ/ĐU")[0].id))
    said = office.send("QT1", "/bantin xem chi bộ khu phố 1")
    assert "việc của cấp ủy" not in said
    assert f"mở đầu\n\n{texts.DIGEST_BUTTONS.format(labels='Đã đọc')}\n\n{texts.DIGEST_PART_ABOVE}" in said


def test_members_can_neither_look_nor_send(make: Make) -> None:
    digests, office = make()
    for words in ("/bantin xem", "/bantin gửi", "/bantin gửi ngay 0", "/bantin tình trạng", "/bantin lịch tắt"):
        assert office.send("DV1", words) == texts.DIGEST_HELP
    assert last(digests) is None


# -- sending -----------------------------------------------------------------------------------------------------------


def test_sending_asks_first_and_then_sends_to_everybody(make: Make) -> None:
    digests, office = make()
    assert texts.DIGEST_SEND_ASK in office.send("QT1", "/bantin gửi")
    assert last(digests) is None
    assert office.press("QT1", texts.DIGEST_SEND_YES.format(count=3)) == texts.DIGEST_SENDING.format(number=1)
    assert {row.chat for row in digests.rows() if row.ends_at} == {"telegram-DV1", "zalo-DV2", "telegram-QT1"}
    assert digests.queued()["zalo-DV2"] == "bản tin 1 của Khu phố 1 trên zalo"


@pytest.mark.parametrize(("word", "sends"), [("có", True), ("gửi", True), ("không", False), ("thôi", False)])
def test_the_answer_may_be_typed(make: Make, word: str, sends: bool) -> None:
    digests, office = make()
    office.send("QT1", "/bantin gửi")
    office.send("QT1", word)
    assert (last(digests) is not None) is sends


def test_in_the_quiet_hours_it_is_said_when_it_goes(make: Make) -> None:
    digests, office = make(NIGHT)
    assert texts.DIGEST_LEAVES_LATER.format(at="06:00 24/11/2026") in office.send("QT1", "/bantin gửi")
    said = office.send("QT1", "gửi")
    assert said == texts.DIGEST_SEND_LATER.format(number=1, at="06:00 24/11/2026")
    assert {row.not_before for row in digests.rows() if row.ends_at} == {local("2026-11-24 06:00")}


@pytest.mark.parametrize("stumble", ["batch", "crash"])
def test_nothing_goes_twice_when_the_yes_is_answered_again(make: Make, stumble: str) -> None:
    digests, office = make()
    office.send("QT1", "/bantin gửi")
    office.press("QT1", texts.DIGEST_SEND_YES.format(count=3), stumble=stumble)  # type: ignore[arg-type]
    assert last(digests) == 1
    assert sum(1 for row in digests.rows() if row.ends_at) == 3


def test_the_button_of_an_older_question_sends_nothing_when_another_one_went_out(make: Make) -> None:
    digests, office = make()
    office.send("QT1", "/bantin gửi")
    digests.claiming.claim_now(by="clock")
    assert office.press("QT1", texts.DIGEST_SEND_YES.format(count=3)).startswith(texts.DIGEST_SEND_OVERTAKEN)
    assert last(digests) == 1


def test_without_a_question_the_button_sends_nothing(make: Make) -> None:
    digests, office = make()
    assert office.send("QT1", "/bantin gửi ngay 0") == texts.DIGEST_SEND_NOT_WAITING
    assert last(digests) is None


def test_a_second_one_on_a_day_with_nothing_new_is_not_asked_for_but_told_how_the_first_stands(make: Make) -> None:
    digests, office = make()
    digests.claiming.claim_now(by="clock")
    digests.author.has_news = False
    said = office.send("QT1", "/bantin gửi")
    assert said.startswith(texts.DIGEST_NOTHING_TO_SEND.format(number=1))
    assert "(0/3)" in said


def test_where_nobody_can_be_reached_nothing_is_made(make: Make, own_database: Database) -> None:
    digests, office = make()
    with own_database.transaction() as db:
        for member in members.everybody(db):
            digest_choices.save(db, member.id, DigestChoice(receives=False), now=office.now)
    assert office.send("QT1", "/bantin gửi").startswith(texts.DIGEST_NOBODY)
    assert last(digests) is None


# -- what became of it -------------------------------------------------------------------------------------------------


def test_the_state_shows_the_bar_the_counts_the_reasons_and_whom_it_may_have_reached(make: Make) -> None:
    digests, office = make()
    digests.claiming.claim_now(by="clock")
    first, second, third = (row.id for row in digests.rows())
    with digests.database.transaction() as db:
        outbox.mark_sent(db, first, platform_message="1", now=office.now)
        outbox.mark_ended(db, second, Status.FAILED, reason="telegram: blocked")
        outbox.mark_ended(db, third, Status.UNKNOWN, reason="timeout")
        standing = ledger.standing(db)
    assert standing
    said = office.send("QT1", "/bantin tình trạng")
    assert ledger.bar(standing) in said
    assert texts.DIGEST_COUNTS.format(sent=1, failed=1, unknown=1, pending=0, skipped=1) in said
    assert texts.DIGEST_FAILURE.format(reason="telegram: blocked", count=1) in said
    assert texts.DIGEST_UNKNOWN.format(count=1, names="Nguyễn Văn QT1") in said
    assert texts.DIGEST_PLAN_NEXT.format(at="07:30 30/11/2026") in said


def test_sending_again_reaches_only_those_of_whom_it_is_not_known(make: Make) -> None:
    digests, office = make()
    digests.claiming.claim_now(by="clock")
    unsure = next(row for row in digests.rows() if row.chat == "zalo-DV2")
    with digests.database.transaction() as db:
        for row in digests.rows():
            outbox.mark_sent(db, row.id, platform_message="1", now=office.now)
        outbox.mark_ended(db, unsure.id, Status.UNKNOWN, reason="timeout")
    office.send("QT1", "/bantin tình trạng")
    assert office.press("QT1", texts.DIGEST_AGAIN.format(count=1)) == texts.DIGEST_AGAIN_DONE.format(count=1, number=1)
    assert [row.chat for row in digests.rows() if row.status == "pending" and row.ends_at] == ["zalo-DV2"]
    assert office.send("QT1", "/bantin gửi lại") == texts.DIGEST_NONE_UNKNOWN.format(number=1)
    with digests.database.reading() as db:
        assert letters.counts(db, 1)[LetterStatus.PENDING] == 1


def test_before_the_first_digest_there_is_no_state_but_a_plan(make: Make) -> None:
    _, office = make()
    assert office.send("QT1", "/bantin tình trạng").startswith(texts.DIGEST_NONE_YET)
    assert office.send("QT1", "/bantin gửi lại") == texts.DIGEST_NONE_YET


# -- when --------------------------------------------------------------------------------------------------------------


def test_the_schedule_can_be_set_and_taken_away(make: Make) -> None:
    digests, office = make()
    said = office.send("QT1", "/bantin lịch đầu tháng thứ hai 08:00")
    assert "08:00 07/12/2026" in said
    with digests.database.reading() as db:
        assert TABLE.next_slot(db, office.now) == local("2026-12-07 08:00")
    assert office.send("QT1", "/bantin lịch tắt") == texts.DIGEST_PLAN_OFF
    with digests.database.reading() as db:
        assert TABLE.next_slot(db, office.now) is None
    assert [entry.action for entry in office.audited()] == ["digest.schedule", "digest.schedule"]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("thứ tám 07:30", texts.DIGEST_PLAN_BAD.format(plan="thứ tám 07:30")),
        ("thứ hai", texts.DIGEST_PLAN_BAD.format(plan="thứ hai")),
        ("thứ hai 22:00", texts.DIGEST_PLAN_QUIET.format(at="22:00", quiet="21:30-06:00")),
    ],
)
def test_a_schedule_that_cannot_be_kept_changes_nothing(make: Make, plan: str, said: str) -> None:
    digests, office = make()
    assert office.send("QT1", f"/bantin lịch {plan}") == said
    with digests.database.reading() as db:
        assert TABLE.next_slot(db, office.now) == local("2026-11-30 07:30")


def test_an_administrator_reads_the_own_digest_as_everybody_does(make: Make) -> None:
    digests, office = make()
    digests.claiming.claim_now(by="clock")
    assert "bản tin 1 của Khu phố 2, toàn văn" in office.send("QT1", "/bantin")
    assert plain_text(office.last).count(texts.DIGEST_IS_ON) == 1
