"""What members say to the digest in chat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import texts
from bot.asking.sight import Sight
from bot.digest.edition import Written
from bot.digest.reader import Reader
from bot.digest.schedule import parse_schedule
from bot.messages import Choice, Choices, Reply, Text
from bot.people.access import Ceiling
from bot.state import digest_choices, letters, members, outbox, overrides
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.members import Member
from index import DirectiveId, Library, build_library, load_encoder
from tests.administration.office import Office
from tests.asking.ward import write_corpus
from tests.bot.judged import by_own_words
from tests.digest.conftest import MakeDigests
from tests.digest.makers import CHANNELS, TABLE, Digests, StandIn

MONDAY = "2026-11-23 07:30"
PAGE = "https://tracuu.example.vn"
READ, OFF = "Đã đọc", "Tắt bản tin"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("reader")
    write_corpus(folder / "corpus")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return Library.open(folder / "library")


class NamesPapers(StandIn):
    """A line for each of these directives, and the buttons."""

    def __init__(self, *directives: DirectiveId) -> None:
        super().__init__()
        self._directives = directives

    def written(self, member: Member, channel: str, *, number: int | None) -> Written:
        lines = [Text(text=f"có {each}", directives=(each,)) for each in self._directives]
        choices = Choices(choices=(Choice(label=READ, send=f"/daxem {number}"), Choice(label=OFF, send="/bantin tắt")))
        reply = Reply(blocks=(Text(text="Bản tin tuần"), *lines, choices))
        return Written(reply, reply, is_quiet=False, has_news=True)


Make = Callable[..., tuple[Digests, Office]]


@pytest.fixture
def make(library: Library, own_database: Database, make_digests: MakeDigests) -> Make:
    """DV1 and the secretary BT1 of Khu phố 1, DV2 of Khu phố 2, QT1 an administrator, each on Telegram."""

    def made(*papers: str, names: bool = False, ceiling: Ceiling = "member") -> tuple[Digests, Office]:
        digests = make_digests(MONDAY, author=NamesPapers(*(library.find(each)[0].id for each in papers)))
        digests.add("DV1", "telegram")
        digests.add("BT1", "telegram", role="secretary")
        digests.add("DV2", "telegram", cell="Khu phố 2")
        digests.add("QT1", "telegram", cell="Khu phố 2", role="administrator")
        sight = Sight(
            library,
            own_database,
            ceilings={"telegram": ceiling},
            public_answers=False,
            validity=by_own_words(library),
        )
        reader = Reader(own_database, sight, channels=tuple(CHANNELS), timetable=TABLE, names=names, public_url=PAGE)
        office = Office(own_database, [reader.department()])
        office.now = digests.clock.now
        return digests, office

    return made


def sent(digests: Digests) -> int:
    """A digest that has gone out to everybody; its number."""
    number = digests.claiming.claim_now(by="QT1")
    assert number is not None
    with digests.database.transaction() as db:
        for row in digests.rows():
            outbox.mark_sent(db, row.id, platform_message="1", now=digests.clock.now)
    return number


def choice_of(digests: Digests, code: str) -> DigestChoice:
    with digests.database.reading() as db:
        member = members.by_code(db, code)
        assert member
        return digest_choices.of_member(db, member.id)


def readers(digests: Digests, number: int) -> set[str]:
    with digests.database.reading() as db:
        known = {member.id: member.code for member in members.everybody(db)}
        return {known[each.member] for each in letters.of_digest(db, number) if each.read_at}


# -- the last one ------------------------------------------------------------------------------------------------------


def test_before_the_first_digest_there_is_none_and_it_is_said_when_the_next_one_comes(make: Make) -> None:
    _, office = make()
    said = office.send("DV1", "/bantin")
    assert texts.DIGEST_NONE in said
    assert "07:30 ngày 30/11/2026" in said


def test_the_last_digest_is_shown_with_its_date(make: Make) -> None:
    digests, office = make("15-HD/ĐU")
    sent(digests)
    said = office.send("DV1", "bản tin")
    assert said.startswith(f"{texts.DIGEST_HEADING.format(number=1, date='23/11/2026')}\n\nBản tin tuần\n\ncó ")


def test_what_was_withdrawn_since_is_not_shown_again(make: Make, library: Library) -> None:
    digests, office = make("15-HD/ĐU", "08-QC/ĐU")
    sent(digests)
    withdrawn = library.find("15-HD/ĐU")[0]
    with digests.database.transaction() as db:
        file, now = withdrawn.files[0], digests.clock.now
        overrides.save(db, withdrawn.id, file=file, audience=None, withdrawn=True, now=now)
    said = office.send("DV1", "/bantin")
    assert withdrawn.id not in said
    assert texts.NO_LONGER_SHOWN in said
    assert library.find("08-QC/ĐU")[0].id in said


def test_of_what_lies_above_the_channel_only_a_way_to_the_page_is_shown(make: Make, library: Library) -> None:
    digests, office = make("15-HD/ĐU", "08-QC/ĐU", ceiling="public")
    sent(digests)
    said = office.send("DV1", "/bantin")
    assert library.find("15-HD/ĐU")[0].id not in said
    assert texts.NO_LONGER_SHOWN not in said
    assert f"{PAGE}/ban-tin/1" in said


def test_an_older_digest_is_shown_by_its_number_and_nobody_elses(make: Make) -> None:
    digests, office = make("15-HD/ĐU")
    sent(digests)
    digests.clock.wait(days=7)
    sent(digests)
    assert "Bản tin số 1," in office.send("DV1", "/bantin số 1")
    assert office.send("DV1", "/bantin 3").startswith(texts.DIGEST_NO_SUCH.format(number=3))


def test_in_a_group_nothing_of_it_is_shown(make: Make) -> None:
    digests, office = make("15-HD/ĐU")
    sent(digests)
    assert office.send("DV1", "/bantin", group="g") == texts.ONLY_IN_PRIVATE


# -- whether and where -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["/bantin tắt", "/bantin tat", "Tắt bản tin", "tat ban tin"])
def test_digests_can_be_turned_off(make: Make, words: str) -> None:
    digests, office = make()
    assert office.send("DV1", words) == texts.DIGEST_TURNED_OFF
    assert not choice_of(digests, "DV1").receives


def test_who_turned_them_on_again_keeps_the_channel(make: Make) -> None:
    digests, office = make()
    office.send("DV1", "/bantin kênh telegram")
    office.send("DV1", "/bantin tắt")
    said = office.send("DV1", "/bantin bật")
    assert choice_of(digests, "DV1") == DigestChoice(receives=True, channel="telegram")
    assert said.startswith(texts.DIGEST_IS_ON_AT.format(channel="Telegram"))


def test_only_a_channel_of_ones_own_can_be_chosen(make: Make) -> None:
    digests, office = make()
    assert office.send("DV1", "/bantin kênh zalo") == texts.DIGEST_CHANNEL_NOT_LINKED["zalo"]
    assert office.send("DV1", "/bantin kênh viber").startswith("Đồng chí muốn nhận bản tin qua kênh nào?")
    assert choice_of(digests, "DV1") == DigestChoice()


def test_the_channel_can_be_left_to_the_bot_again(make: Make) -> None:
    digests, office = make()
    office.send("DV1", "/bantin kênh telegram")
    office.send("DV1", "/bantin kênh tự động")
    assert choice_of(digests, "DV1") == DigestChoice()


def test_what_is_none_of_it_is_answered_with_how_it_goes(make: Make) -> None:
    _, office = make()
    assert office.send("DV1", "/bantin gửi") == texts.DIGEST_HELP
    assert office.send("BT1", "/bantin gửi") == f"{texts.DIGEST_HELP}\n\n{texts.DIGEST_HELP_READINGS}"


# -- read --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["/daxem 1", "/daxem", "đã đọc", "Đã đọc.", "da doc", "tôi đã đọc"])
def test_a_digest_is_marked_as_read_by_a_command_or_a_word(make: Make, words: str) -> None:
    digests, office = make()
    number = sent(digests)
    assert texts.DIGEST_READ_COUNTED in office.send("DV1", words)
    assert readers(digests, number) == {"DV1"}
    assert office.send("DV1", words) == texts.DIGEST_READ_BEFORE.format(number=1)


def test_the_numbers_of_a_digest_that_has_arrived_mean_its_choices(make: Make) -> None:
    digests, office = make()
    number = sent(digests)
    office.send("DV1", "1")
    assert readers(digests, number) == {"DV1"}
    office.send("DV2", "2")
    assert not choice_of(digests, "DV2").receives


def test_the_number_of_a_digest_that_is_still_on_its_way_means_nothing(make: Make) -> None:
    digests, office = make()
    number = digests.claiming.claim_now(by="QT1")
    assert number is not None
    assert office.send("DV1", "1") == texts.NUMBER_NOT_OFFERED.format(number=1)
    assert readers(digests, number) == set()


def test_what_was_not_sent_to_somebody_cannot_be_read_by_them(make: Make) -> None:
    digests, office = make()
    sent(digests)
    digests.add("DV9", "telegram")
    assert office.send("DV9", "/daxem 1") == texts.DIGEST_NO_SUCH.format(number=1)


def test_a_secretary_is_told_how_many_of_the_own_cell_have_read_and_no_name(make: Make) -> None:
    digests, office = make()
    sent(digests)
    office.send("DV1", "đã đọc")
    office.send("DV2", "đã đọc")
    counted = texts.DIGEST_READING.format(cell="Khu phố 1", read=1, people=2)
    for words in ("/bantin", "/bantin lượt đọc"):
        said = office.send("BT1", words)
        assert counted in said
        assert "Khu phố 2" not in said
        assert "Nguyễn Văn DV1" not in said
    assert counted not in office.send("DV1", "/bantin")
    assert office.send("DV1", "/bantin lượt đọc") == texts.DIGEST_READINGS_NOT_YOURS


def test_an_administrator_is_told_of_all_cells(make: Make) -> None:
    digests, office = make()
    sent(digests)
    office.send("DV1", "đã đọc")
    said = office.send("QT1", "/bantin lượt đọc")
    assert texts.DIGEST_READING.format(cell="Khu phố 1", read=1, people=2) in said
    assert texts.DIGEST_READING.format(cell="Khu phố 2", read=0, people=2) in said


def test_names_are_told_where_the_committee_has_set_it_and_readers_know(make: Make) -> None:
    digests, office = make(names=True)
    sent(digests)
    assert texts.DIGEST_READ_BY_NAME in office.send("DV1", "đã đọc")
    said = office.send("BT1", "/bantin lượt đọc")
    assert texts.DIGEST_READERS.format(names="Nguyễn Văn DV1") in said
    assert texts.DIGEST_NOT_READERS.format(names="Nguyễn Văn BT1") in said


def test_the_counts_are_of_those_it_was_sent_to(make: Make) -> None:
    digests, office = make()
    office.send("DV1", "/bantin tắt")
    sent(digests)
    assert texts.DIGEST_READING.format(cell="Khu phố 1", read=0, people=1) in office.send("BT1", "/bantin lượt đọc")


def test_the_choices_under_a_digest_fit_what_was_chosen(make: Make) -> None:
    digests, office = make()
    sent(digests)
    office.send("DV1", "/bantin")
    assert office.labels == [texts.DIGEST_MARK_READ, texts.DIGEST_TURN_OFF]
    office.press("DV1", texts.DIGEST_MARK_READ)
    office.send("DV1", "/bantin tắt")
    office.send("DV1", "/bantin")
    assert office.labels == [texts.DIGEST_TURN_ON]


def test_the_next_one_is_told_by_the_schedule_that_was_set_in_chat(make: Make) -> None:
    digests, office = make()
    with digests.database.transaction() as db:
        TABLE.change(db, parse_schedule("thứ sáu 08:00"))
    assert "08:00 ngày 27/11/2026" in office.send("DV1", "/bantin")
