"""Who gets a digest, and on which account."""

from __future__ import annotations

from bot.digest.recipients import Recipient, recipients
from bot.messages import say
from bot.notices import put_for
from bot.state import accounts, digest_choices
from bot.state.digest_choices import DigestChoice
from bot.state.letters import Skip
from bot.state.members import Member
from tests.digest.conftest import MakeDigests
from tests.digest.makers import CHANNELS, LINKED, Digests

NOW = "2026-11-23 07:00"


def choose(digests: Digests, member: Member, **choice: object) -> None:
    with digests.database.transaction() as db:
        digest_choices.save(db, member.id, DigestChoice(**choice), now=LINKED)  # type: ignore[arg-type]


def found(digests: Digests, *, channels: tuple[str, ...] = tuple(CHANNELS)) -> dict[str, str]:
    """Where each goes, or why not, by code."""
    with digests.database.reading() as db:
        return {each.member.code: _said(each) for each in recipients(db, channels=channels)}


def _said(recipient: Recipient) -> str:
    assert (recipient.channel is None) == (recipient.chat is None) == (recipient.skipped is not None)
    return recipient.skipped.value if recipient.skipped else f"{recipient.channel} {recipient.chat}"


def test_it_goes_where_notices_go_and_to_the_page_only_where_there_is_no_other(make_digests: MakeDigests) -> None:
    digests = make_digests(NOW)
    both, page = digests.add("DV1", "zalo", "telegram", "web"), digests.add("DV2", "web")
    assert found(digests) == {"DV1": "telegram telegram-DV1", "DV2": "web web-DV2"}
    with digests.database.transaction() as db:
        put_for(db, [both.id, page.id], say("thông báo"), now=LINKED)
    assert set(digests.queued()) == {"telegram-DV1", "web-DV2"}


def test_the_channel_that_somebody_chose_is_taken_while_it_can_be(make_digests: MakeDigests) -> None:
    digests = make_digests(NOW)
    member = digests.add("DV1", "zalo", "telegram")
    choose(digests, member, channel="zalo")
    assert found(digests) == {"DV1": "zalo zalo-DV1"}
    assert found(digests, channels=("telegram", "web")) == {"DV1": "telegram telegram-DV1"}
    with digests.database.transaction() as db:
        accounts.set_active(db, "zalo", "zalo-DV1", active=False)
    assert found(digests) == {"DV1": "telegram telegram-DV1"}


def test_everybody_who_does_not_get_it_has_a_reason(make_digests: MakeDigests) -> None:
    digests = make_digests(NOW)
    digests.add("DV1")
    digests.add("DV2", "telegram", "zalo", active=False)
    choose(digests, digests.add("DV3", "telegram"), receives=False)
    choose(digests, digests.add("DV4"), receives=False)
    digests.add("DV5", "zalo")
    skipped = {"DV1": Skip.NO_CHANNEL, "DV2": Skip.INACTIVE, "DV3": Skip.OPTED_OUT, "DV4": Skip.OPTED_OUT}
    without_zalo = found(digests, channels=("telegram", "web"))
    assert without_zalo == {code: why.value for code, why in {**skipped, "DV5": Skip.NO_CHANNEL}.items()}
