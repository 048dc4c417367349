"""What the pages of the digest are told: each member of the own letters, administrators of all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.asking.sight import Sight
from bot.channels.base import Capabilities
from bot.channels.web.desk import Visitor
from bot.channels.web.digest_desk import PLAIN
from bot.digest.claiming import Claiming
from bot.digest.desk import DigestPages
from bot.digest.edition import Edition, Written
from bot.digest.recipients import why_unwanted
from bot.digest.schedule import parse_quiet, parse_schedule
from bot.digest.timetable import Timetable
from bot.messages import Choice, Choices, QuoteBlock, Reply, Text
from bot.state import accounts, audit, digests, letters, members, outbox, overrides
from bot.state.database import Database
from bot.state.digests import Digest
from bot.state.letters import LetterStatus, Skip
from bot.state.members import Member, Role
from bot.state.outbox import Status
from index import Library
from tests.bot.fakes import DIRECTIVE_20_NEW, DIRECTIVE_24, LINES_24, make_library
from tests.bot.judged import by_own_words

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 there
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CAPABILITIES = {
    "telegram": Capabilities(length=4096, choices=True),
    "zalo": Capabilities(length=2000),
    "web": Capabilities(choices=True),
}
EVERYBODYS = Text(text="Văn bản mới: Chỉ thị 24-CT/TU.", directives=(DIRECTIVE_24.id,))
QUOTE = QuoteBlock(text=LINES_24["1"], citation="Chỉ thị 24-CT/TU, khoản 1", directive=DIRECTIVE_24.id)
COMMITTEES = Text(text="Văn bản mới cho cấp ủy: Chỉ thị 20-CT/TU.", directives=(DIRECTIVE_20_NEW.id,))
LAST = Choices(choices=(Choice(label="Đã đọc", send="/daxem"),))
PEOPLE = (
    ("DV01", "Lê Thị Mai", "Khu phố 1", Role.MEMBER, "telegram"),
    ("DV02", "Trần Văn Bình", "Khu phố 1", Role.SECRETARY, "zalo"),
    ("DV03", "Phạm Thị Cúc", "Khu phố 2", Role.COMMITTEE, "telegram"),
    ("DV04", "Đỗ Văn Đông", "Khu phố 2", Role.MEMBER, None),
    ("QT01", "Ngô Văn Quản", "Khu phố 2", Role.ADMINISTRATOR, "web"),
)


class Printed:
    """Committee members are told one thing more, and never on Zalo; each channel says which it is."""

    papers = "{}"

    def __init__(self, desk: Office) -> None:
        self._office = desk

    def written(self, member: Member, channel: str, *, number: int | None) -> Written:
        told = [COMMITTEES] if member.role is Role.COMMITTEE and channel != "zalo" else []
        whole = Reply(blocks=(Text(text=self._office.opening), EVERYBODYS, QUOTE, *told, LAST))
        reply = Reply(blocks=(Text(text=f"({channel})"), *whole.blocks))
        return Written(reply, whole, is_quiet=False, has_news=self._office.has_news)


class Office:
    """A database with its roll, each linked on the page as well, and the desk over it at a time that a test sets."""

    def __init__(self, database: Database, *, names: bool = False) -> None:
        self.database, self.now = database, MONDAY
        self.opening, self.has_news, self.woken = "Bản tin tuần.", True, 0
        self.library: Library = make_library()[0]
        with database.transaction() as db:
            for code, name, cell, role, channel in PEOPLE:
                member = members.add(db, code=code, name=name, cell=cell, role=role, now=MONDAY)
                for linked in {"web", channel} - {None} if channel else ():
                    accounts.link(
                        db,
                        member=member.id,
                        channel=str(linked),
                        account=f"{linked}:{code}",
                        chat=f"{linked}:{code}",
                        now=MONDAY - timedelta(days=30),
                    )
            overrides.save(db, DIRECTIVE_20_NEW.id, file="b.pdf", audience="committee", withdrawn=False, now=MONDAY)
        timetable = Timetable(planned=parse_schedule("monday 07:30"), quiet=parse_quiet("21:30-06:00"), zone=ZONE)
        self.claiming = Claiming(
            database,
            self._author,
            timetable,
            capabilities=CAPABILITIES,
            quiet_week="line",
            clock=lambda: self.now,
        )
        self.desk = DigestPages(
            database,
            Sight(self.library, database, ceilings={}, public_answers=False, validity=by_own_words(self.library)),
            self.claiming,
            names=names,
            clock=lambda: self.now,
            wake=self._wake,
        )

    def _author(self, last: Digest | None, until: datetime) -> Edition:
        return Printed(self)

    def _wake(self) -> None:
        self.woken += 1

    def claim(self) -> int:
        number = self.claiming.claim_now(by="QT01")
        assert number
        return number

    def end(self, code: str, status: Status) -> None:
        """What becomes of the newest letter to this member."""
        with self.database.transaction() as db:
            [parcel] = [each for name in CAPABILITIES for each in self._due(db, name) if each.chat.endswith(code)]
            outbox.mark_sending(db, parcel.number)
            if status is Status.SENT:
                outbox.mark_sent(db, parcel.number, platform_message="1", now=self.now)
            else:
                outbox.mark_ended(db, parcel.number, status, reason="timed out")

    def _due(self, db: object, channel: str) -> list[outbox.Parcel]:
        return list(outbox.due(db, channel, now=self.now, limit=50))  # type: ignore[arg-type]


def visitor(code: str) -> Visitor:
    return Visitor(account=f"web:{code}", chat=f"web:{code}", name="Đồng chí", is_admin=code.startswith("QT"))


@pytest.fixture
def database(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Database]:
    shutil.copyfile(_migrated_sqlite, tmp_path / "state.sqlite3")
    opened = Database.open(f"sqlite:///{tmp_path / 'state.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def blocks_for(office: Office, code: str, number: int | None = None) -> tuple[object, ...]:
    mailbox = office.desk.mailbox(visitor(code), number)
    assert mailbox
    assert mailbox.letter
    return mailbox.letter.reply.blocks


# ------------------------------------------------------------------------------------------------------ a member's own
def test_each_member_finds_the_whole_of_the_own_letter_without_its_buttons(office: Office) -> None:
    number = office.claim()
    opening = Text(text=office.opening)
    assert blocks_for(office, "DV01") == (opening, EVERYBODYS, QUOTE)
    assert blocks_for(office, "DV03", number) == (opening, EVERYBODYS, QUOTE, COMMITTEES)


def test_whoever_is_not_on_the_roll_finds_nothing_and_changes_nothing(office: Office) -> None:
    number = office.claim()
    guest = Visitor(account="web:guest", chat="web:guest", name=None)
    assert office.desk.mailbox(guest) is None
    assert office.desk.mailbox(guest, number) is None
    assert not office.desk.mark_read(guest, number)
    assert not office.desk.choose(guest, receives=False, channel="")


def test_a_digest_from_before_somebody_came_is_not_theirs(office: Office) -> None:
    number = office.claim()
    with office.database.transaction() as db:
        new = members.add(db, code="DV09", name="Võ Văn Mới", cell="Khu phố 1", role=Role.COMMITTEE, now=MONDAY)
        accounts.link(db, member=new.id, channel="web", account="web:DV09", chat="web:DV09", now=MONDAY)
    mailbox = office.desk.mailbox(visitor("DV09"))
    assert mailbox
    assert (mailbox.letter, mailbox.earlier) == (None, ())
    assert office.desk.mailbox(visitor("DV09"), number) is None
    assert not office.desk.mark_read(visitor("DV09"), number)


def test_a_letter_is_looked_at_anew(office: Office) -> None:
    number = office.claim()
    gone = Text(text=texts.NO_LONGER_SHOWN)
    with office.database.transaction() as db:
        committee = next(each for each in members.everybody(db) if each.code == "DV03")
        members.change(db, committee.id, role=Role.MEMBER.value)
    assert blocks_for(office, "DV03", number) == (Text(text=office.opening), EVERYBODYS, QUOTE, gone)
    with office.database.transaction() as db:
        overrides.save(db, DIRECTIVE_24.id, file="ct-24.docx", audience=None, withdrawn=True, now=MONDAY)
    assert blocks_for(office, "DV03", number) == (Text(text=office.opening), gone)


def test_a_letter_is_marked_as_read_once(office: Office) -> None:
    first, office.now = office.claim(), MONDAY + timedelta(days=1)
    second = office.claim()
    assert office.desk.mark_read(visitor("DV01"), first)
    office.now += timedelta(hours=1)
    assert office.desk.mark_read(visitor("DV01"), first)
    mailbox = office.desk.mailbox(visitor("DV01"), first)
    assert mailbox
    assert mailbox.letter
    assert mailbox.letter.read == texts.DIGEST_WEB_READ_SINCE.format(at="08:00 24/11/2026")
    assert [(each.number, each.note) for each in mailbox.earlier] == [(second, texts.DIGEST_WEB_UNREAD)]
    assert not office.desk.mark_read(visitor("DV01"), second + 1)


def test_only_a_secretary_sees_how_many_have_read_and_only_of_the_own_cell(office: Office) -> None:
    number = office.claim()
    office.desk.mark_read(visitor("DV01"), number)
    office.desk.mark_read(visitor("DV03"), number)
    seen = {code: office.desk.mailbox(visitor(code)) for code in ("DV01", "DV02", "DV03")}
    readings = {code: mailbox.readings for code, mailbox in seen.items() if mailbox}
    assert [(each.cell, each.read, each.of, each.names) for each in readings["DV02"]] == [("Khu phố 1", 1, 2, ())]
    assert (readings["DV01"], readings["DV03"]) == ((), ())


def test_names_are_shown_where_the_committee_has_set_it(database: Database) -> None:
    office = Office(database, names=True)
    number = office.claim()
    office.desk.mark_read(visitor("DV01"), number)
    mailbox, ledger = office.desk.mailbox(visitor("DV02")), office.desk.ledger(number)
    assert mailbox
    assert ledger
    assert mailbox.readings[0].names == ledger.readings[0].names == ("Lê Thị Mai",)


def test_a_choice_is_of_the_own_channels_and_is_kept(office: Office) -> None:
    desk, mai = office.desk, visitor("DV01")
    before = desk.mailbox(mai)
    assert before
    assert {each.key for each in before.channels} == {"", "telegram", "web"}
    assert not desk.choose(mai, receives=True, channel="zalo")
    assert desk.choose(mai, receives=True, channel="web")
    with office.database.transaction() as db:
        accounts.set_active(db, "web", mai.account, active=False)
    after = desk.mailbox(mai)
    assert after
    assert (after.receives, after.channel) == (True, "web")
    assert after.channels[-1].label == texts.DIGEST_WEB_CHANNEL_INACTIVE.format(channel="trang web")
    assert desk.choose(mai, receives=False, channel="web")


def test_who_turns_it_off_while_it_waits_is_among_the_skipped(office: Office) -> None:
    number = office.claim()
    office.desk.choose(visitor("DV01"), receives=False, channel="")
    with office.database.reading() as db:
        [parcel] = outbox.due(db, "telegram", now=office.now, limit=1)
    assert parcel.chat == "telegram:DV01"
    assert why_unwanted(office.database, parcel) is Skip.OPTED_OUT
    with office.database.transaction() as db:
        outbox.withdraw(db, parcel.number, skipped=Skip.OPTED_OUT)
    ledger = office.desk.ledger(number)
    assert ledger
    skipped = {each.reason: each.people for each in ledger.skipped}
    assert skipped[texts.DIGEST_SKIPS["opted_out"]] == ("Lê Thị Mai (DV01, Khu phố 1)",)
    assert ledger.people == 3


# -------------------------------------------------------------------------------------------------- what would go out
def test_a_draft_counts_the_cells_and_names_who_gets_none(office: Office) -> None:
    draft = office.desk.draft()
    assert draft.people == 4
    counted = [
        (group.cell, group.people, {each.label: each.count for each in group.channels}) for group in draft.groups
    ]
    assert counted == [
        ("Khu phố 1", 2, {"Telegram": 1, "Zalo": 1}),
        ("Khu phố 2", 2, {"Telegram": 1, "trang web": 1}),
    ]
    [skipped] = draft.skipped
    assert (skipped.reason, skipped.people) == (texts.DIGEST_SKIPS["no_channel"], ("Đỗ Văn Đông (DV04, Khu phố 2)",))
    with office.database.reading() as db:
        assert digests.last(db) is None


def test_a_mark_is_of_the_words_the_people_and_nothing_else(office: Office) -> None:
    mark = office.desk.draft().mark
    office.now += timedelta(minutes=1)
    assert office.desk.draft().mark == mark
    office.desk.choose(visitor("DV01"), receives=False, channel="")
    fewer = office.desk.draft().mark
    office.opening = "Bản tin tuần, thêm một văn bản."
    assert len({mark, fewer, office.desk.draft().mark}) == 3


def test_in_the_quiet_hours_it_is_said_when_it_goes(office: Office) -> None:
    now = office.desk.draft().leaves
    office.now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 22:00 there
    later = office.desk.draft().leaves
    assert now == texts.DIGEST_LEAVES_NOW
    assert "06:00" in later
    number = office.claim()
    ledger = office.desk.ledger(number)
    assert ledger
    assert ledger.note == texts.DIGEST_WEB_WAITS.format(at="06:00 24/11/2026")


def test_a_preview_holds_each_text_once_with_its_people(office: Office) -> None:
    preview = office.desk.preview(cell="khu phố  1", channel="")
    assert preview
    assert preview.cell == "Khu phố 1"
    versions = {each.channel: each for each in preview.versions}
    assert {name: each.who for name, each in versions.items()} == {
        "telegram": ("Lê Thị Mai (DV01, Khu phố 1)",),
        "zalo": ("Trần Văn Bình (DV02, Khu phố 1)",),
    }
    assert versions["telegram"].parts[0].blocks[0] == Text(text="(telegram)")
    assert preview.skipped == ()


def test_a_preview_as_on_another_channel_shows_no_more_than_goes_there(office: Office) -> None:
    seen = {channel: office.desk.preview(cell="Khu phố 2", channel=channel) for channel in ("web", "zalo", PLAIN)}
    shown = {
        channel: [(each.channel, len(each.who), COMMITTEES in each.parts[0].blocks) for each in preview.versions]
        for channel, preview in seen.items()
        if preview
    }
    assert shown["web"] == [("web", 1, True), ("web", 1, False)]
    assert shown["zalo"] == [("zalo", 2, False)]
    assert shown[PLAIN] == [(PLAIN, 1, True), (PLAIN, 1, False)]


@pytest.mark.parametrize(("cell", "channel"), [("Khu phố 9", ""), ("", "fax"), ("Khu phố 9", "web")])
def test_of_what_is_not_there_is_no_preview(office: Office, cell: str, channel: str) -> None:
    assert office.desk.preview(cell=cell, channel=channel) is None


# ---------------------------------------------------------------------------------------------- sending, and the ledger
def test_only_what_was_shown_is_sent_and_only_once(office: Office) -> None:
    admin = visitor("QT01")
    mark = office.desk.draft().mark
    office.opening = "Khác rồi."
    assert office.desk.send(admin, mark=mark).said == texts.DIGEST_WEB_CHANGED
    assert office.desk.send(admin, mark="").digest is None
    with office.database.reading() as db:
        assert digests.last(db) is None
    sent = office.desk.send(admin, mark=office.desk.draft().mark)
    assert sent.digest
    assert office.woken
    with office.database.reading() as db:
        digest = digests.last(db)
        waiting = [each.status for each in letters.of_digest(db, sent.digest)].count(LetterStatus.PENDING)
    assert digest
    assert (digest.claimed_by, waiting) == ("QT01", 4)
    office.has_news = False
    again = office.desk.send(admin, mark=office.desk.draft().mark)
    assert (again.digest, again.said) == (None, texts.DIGEST_WEB_NOT_SENT)


def test_a_ledger_counts_and_names_the_unknown_who_are_sent_to_once_more(office: Office) -> None:
    number = office.claim()
    office.end("DV01", Status.SENT)
    office.end("DV02", Status.UNKNOWN)
    office.end("DV03", Status.FAILED)
    ledger = office.desk.ledger(number)
    assert ledger
    assert (ledger.people, ledger.settled) == (4, 3)
    counts = {each.label: each.count for each in ledger.counts}
    assert counts == {
        texts.DIGEST_STATUSES[key]: count
        for key, count in {"sent": 1, "pending": 1, "failed": 1, "unknown": 1, "skipped": 1}.items()
    }
    assert ledger.unknown == ("Trần Văn Bình (DV02, Khu phố 1), Zalo",)
    assert [each.count for each in ledger.failures] == [1]
    assert office.desk.retry_unknown(visitor("QT01"), number) == 1
    assert office.woken
    assert office.desk.retry_unknown(visitor("QT01"), number) == 0
    after = office.desk.ledger(number)
    assert after
    assert (after.unknown, after.settled) == ((), 2)
    with office.database.reading() as db:
        actions = [(each.actor, each.action) for each in audit.entries(db)]
    assert ("QT01", "digest.retry_unknown") in actions


def test_of_a_digest_that_is_not_there_is_no_ledger(office: Office) -> None:
    assert office.desk.ledger(7) is None
    assert office.desk.retry_unknown(visitor("QT01"), 7) is None


def test_the_overview_says_when_the_next_comes_and_what_became_of_the_last(office: Office) -> None:
    empty = office.desk.overview()
    assert (empty.last, empty.past) == (None, ())
    number = office.claim()
    with office.database.transaction() as db:
        facts = {"since": None, "until": MONDAY, "starts_at": MONDAY, "ends_at": MONDAY, "papers": "{}"}
        missed = digests.add(db, slot="2026-11-16", missed=True, by="system", now=MONDAY, **facts)  # type: ignore[arg-type]
    overview = office.desk.overview()
    assert overview.next == "07:30 30/11/2026"
    assert overview.quiet == texts.DIGEST_WEB_QUIET_SPAN.format(start="21:30", end="06:00")
    assert overview.last
    assert overview.last.number == number
    assert next((each.number, each.note) for each in overview.past) == (missed, texts.DIGEST_WEB_MISSED)
    ledger = office.desk.ledger(missed)
    assert ledger
    assert (ledger.people, ledger.note) == (0, texts.DIGEST_WEB_MISSED)
