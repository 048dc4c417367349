from __future__ import annotations

from datetime import timedelta

from bot.people.limits import RateLimit
from tests.people.people import NOW


def after(seconds: float):
    return NOW + timedelta(seconds=seconds)


def test_so_many_a_minute_and_no_more():
    limit = RateLimit(3)
    assert [limit.allows("an", after(second)) for second in (0, 1, 2, 3)] == [True, True, True, False]


def test_the_window_slides():
    limit = RateLimit(2)
    limit.allows("an", after(0))
    limit.allows("an", after(30))
    assert [limit.allows("an", after(second)) for second in (59.9, 60, 61, 89.9, 90)] == [
        False, True, False, False, True,
    ]  # fmt: skip


def test_a_refused_question_does_not_put_the_next_one_off():
    limit = RateLimit(1)
    limit.allows("an", after(0))
    for second in range(1, 60):
        limit.allows("an", after(second))
    assert limit.allows("an", after(60))


def test_one_person_does_not_use_up_anothers():
    limit = RateLimit(1)
    assert limit.allows("an", NOW)
    assert limit.allows("binh", NOW)


def test_the_wait_is_said_in_whole_seconds_rounded_up():
    limit = RateLimit(2)
    assert limit.seconds_to_wait("an", NOW) == 0
    limit.allows("an", after(0))
    limit.allows("an", after(20))
    assert [limit.seconds_to_wait("an", after(second)) for second in (20, 59.5, 60, 70)] == [40, 1, 0, 0]


def test_it_allows_again_after_the_seconds_that_it_said():
    limit = RateLimit(1)
    limit.allows("an", after(0.7))
    wait = limit.seconds_to_wait("an", after(13.2))
    assert not limit.allows("an", after(13.2 + wait - 1))
    assert limit.allows("an", after(13.2 + wait))


def test_those_seen_longest_ago_are_forgotten_when_there_are_too_many():
    limit = RateLimit(1, most_keys=2)
    for key in ("an", "binh", "chi"):
        limit.allows(key, NOW)
    assert not limit.allows("chi", NOW)
    assert not limit.allows("binh", NOW)
    assert limit.allows("an", NOW)
