"""A draft and a ledger in lines for administrators, the same in chat and in a terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot import texts
from bot.answering.citation import spoken_date
from bot.digest.claiming import Draft, DraftLetter
from bot.digest.ledger import Standing, bar
from bot.messages import Reply
from bot.people.access import normal_cell
from bot.people.audiences import bare_cell
from bot.state.letters import LetterStatus, Skip
from bot.state.members import Member

_MOST_NAMES: Final = 20


class Variant(NamedTuple):
    """What goes out on one channel to some people, word for word the same to each."""

    channel: str
    people: tuple[Member, ...]
    parts: tuple[Reply, ...]


def draft_lines(draft: Draft, zone: ZoneInfo) -> list[str]:
    """What would go out, to how many of each cell on which channels, and who gets none and why."""
    lines = [
        texts.DIGEST_DRAFT.format(
            since=said_time(draft.since, zone),
            until=said_time(draft.until, zone),
            going=len(draft.going),
            skipped=len(draft.skipped),
        )
    ]
    if draft.is_quiet:
        lines.append(texts.DIGEST_DRAFT_QUIET)
    lines += [_cell_line(cell, letters) for cell, letters in by_cell(draft.going)]
    return [*lines, *skipped_lines(draft.skipped)]


def leaves(draft: Draft, zone: ZoneInfo, *, now: datetime) -> str:
    """When it goes out."""
    if draft.starts_at > now + timedelta(seconds=1):
        return texts.DIGEST_LEAVES_LATER.format(at=said_time(draft.starts_at, zone))
    return texts.DIGEST_LEAVES_NOW


def skipped_lines(letters: Iterable[DraftLetter]) -> list[str]:
    """A line for each reason, with the names."""
    return _skips((letter.skipped, letter.member) for letter in letters if letter.skipped)


def by_cell(letters: Iterable[DraftLetter]) -> list[tuple[str, list[DraftLetter]]]:
    """In the order in which they come, each cell under its first spelling."""
    found: dict[str, list[DraftLetter]] = defaultdict(list)
    for letter in letters:
        found[normal_cell(letter.member.cell)].append(letter)
    return [(of_cell[0].member.cell, of_cell) for of_cell in found.values()]


def of_cell(draft: Draft, cell: str) -> tuple[DraftLetter, ...]:
    return tuple(each for each in draft.letters if is_of(each.member, cell))


def is_of(member: Member, cell: str) -> bool:
    return normal_cell(member.cell) == normal_cell(cell)


def variants(letters: Iterable[DraftLetter]) -> list[Variant]:
    """Those that go out, the ones that most people get first."""
    found: dict[tuple[str, Reply], list[DraftLetter]] = defaultdict(list)
    for letter in letters:
        if letter.channel and letter.reply and not letter.skipped:
            found[letter.channel, letter.reply].append(letter)
    kinds = [
        Variant(channel, tuple(each.member for each in same), same[0].parts) for (channel, _), same in found.items()
    ]
    return sorted(kinds, key=lambda kind: -len(kind.people))


def variant_line(variant: Variant) -> str:
    said = texts.DIGEST_VARIANT_PARTS if len(variant.parts) > 1 else texts.DIGEST_VARIANT
    return said.format(
        channel=channel_name(variant.channel),
        count=len(variant.people),
        names=names_of(variant.people),
        parts=len(variant.parts),
    )


def standing_lines(standing: Standing, zone: ZoneInfo, *, now: datetime) -> list[str]:
    """What became of a digest: the bar, the counts, why some failed, whom it may have reached."""
    digest, counts = standing.digest, standing.counts
    day = spoken_date(digest.claimed_at.astimezone(zone).date())
    lines = [
        texts.DIGEST_STANDING.format(number=digest.number, date=day, bar=bar(standing)),
        texts.DIGEST_COUNTS.format(
            sent=counts[LetterStatus.SENT],
            failed=counts[LetterStatus.FAILED],
            unknown=counts[LetterStatus.UNKNOWN],
            pending=standing.waiting,
            skipped=counts[LetterStatus.SKIPPED],
        ),
    ]
    if standing.waiting:
        later = digest.starts_at > now
        said = texts.DIGEST_STARTS_AT if later else texts.DIGEST_ENDS_AT
        lines.append(said.format(at=said_time(digest.starts_at if later else digest.ends_at, zone)))
    lines += [texts.DIGEST_FAILURE.format(reason=reason, count=count) for reason, count in standing.reasons]
    if standing.unknown:
        lines.append(texts.DIGEST_UNKNOWN.format(names=names_of(standing.unknown), count=len(standing.unknown)))
    skips = [
        texts.DIGEST_SKIPPED_COUNT.format(reason=skip_words(each), count=count) for each, count in standing.skipped
    ]
    return [*lines, *skips]


def said_time(moment: datetime, zone: ZoneInfo) -> str:
    there = moment.astimezone(zone)
    return f"{there:%H:%M} {spoken_date(there.date())}"


def skip_words(reason: str) -> str:
    return texts.DIGEST_SKIPS.get(reason, reason)


def channel_name(channel: str) -> str:
    return texts.CHANNEL_NAMES.get(channel, channel)


def names_of(people: Sequence[Member]) -> str:
    shown = ", ".join(member.name for member in people[:_MOST_NAMES])
    return shown + texts.DIGEST_MORE_NAMES.format(count=len(people) - _MOST_NAMES) if people[_MOST_NAMES:] else shown


def _cell_line(cell: str, letters: Sequence[DraftLetter]) -> str:
    channels = Counter(letter.channel or "" for letter in letters).most_common()
    shown = ", ".join(f"{channel_name(channel)} {count}" for channel, count in channels)
    return texts.DIGEST_CELL.format(cell=bare_cell(cell), count=len(letters), channels=shown)


def _skips(skipped: Iterable[tuple[Skip, Member]]) -> list[str]:
    found: dict[Skip, list[Member]] = defaultdict(list)
    for reason, member in skipped:
        found[reason].append(member)
    return [
        texts.DIGEST_SKIPPED.format(reason=skip_words(reason.value), count=len(people), names=names_of(people))
        for reason, people in found.items()
    ]
