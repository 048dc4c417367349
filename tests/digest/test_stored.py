"""What is stored of a member on account of the digest: told by /toi, and gone after /xoa."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.people.joining import Joining
from bot.people.keys import Keys
from bot.state import accounts, digest_choices, letters, members
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.letters import LetterStatus
from tests.administration.office import Office
from tests.digest.conftest import MakeDigests
from tests.digest.makers import Digests

MONDAY = "2026-11-23 07:30"

Make = Callable[[], tuple[Digests, Office]]


@pytest.fixture
def make(own_database: Database, make_digests: MakeDigests) -> Make:
    """DV1 on Telegram, who has read the first digest and takes them on Telegram."""

    def made() -> tuple[Digests, Office]:
        digests = make_digests(MONDAY)
        joining = Joining(
            database=own_database,
            keys=Keys("a secret of this installation"),
            organization="Đảng ủy phường Hòa Bình",
            days=90,
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        )
        office = Office(own_database, [joining.department()])
        office.now = digests.clock.now
        member = digests.add("DV1")
        office.link(member)
        digests.claiming.claim_now(by="clock")
        with own_database.transaction() as db:
            letters.mark_read(db, 1, member.id, now=office.now)
            digest_choices.save(db, member.id, DigestChoice(channel="telegram"), now=office.now)
        return digests, office

    return made


def kept(digests: Digests) -> tuple[DigestChoice, tuple[int, int]]:
    with digests.database.reading() as db:
        member = members.by_code(db, "DV1")
        assert member
        return digest_choices.of_member(db, member.id), letters.kept_of(db, member.id)


def test_about_me_names_the_choice_and_how_many_digests_are_in_the_ledger(make: Make) -> None:
    digests, office = make()
    on = texts.ABOUT_ME_DIGEST_ON_AT.format(channel="Telegram")
    assert f"• Bản tin: {on}; sổ bản tin ghi đã gửi hay chưa: 1 bản tin, trong đó 1 bản tin đã đọc" in office.send(
        "DV1", "/toi"
    )
    with digests.database.transaction() as db:
        member = members.by_code(db, "DV1")
        assert member
        digest_choices.save(db, member.id, DigestChoice(receives=False), now=office.now)
    assert f"• Bản tin: {texts.ABOUT_ME_DIGEST_OFF};" in office.send("DV1", "/toi")


def test_erasing_the_last_account_forgets_the_choice_and_the_reading_and_keeps_the_ledger(make: Make) -> None:
    digests, office = make()
    office.send("DV1", "/xoa")
    assert office.press("DV1", texts.ERASE_YES) == texts.ERASED
    assert kept(digests) == (DigestChoice(), (1, 0))
    assert [letter.status for letter in digests.ledger(1)] == [LetterStatus.PENDING]


def test_while_another_account_is_linked_the_choice_and_the_reading_stay(make: Make) -> None:
    digests, office = make()
    with digests.database.transaction() as db:
        member = members.by_code(db, "DV1")
        assert member
        accounts.link(db, member=member.id, channel="web", account="w", chat="w", now=office.now)
    office.send("DV1", "/xoa")
    office.press("DV1", texts.ERASE_YES)
    assert kept(digests) == (DigestChoice(channel="telegram"), (1, 1))
