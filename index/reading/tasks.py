"""What one clause gives whom to do by when.

A time counts where somebody is told to act by it. What was done, what a paper or a right holds for, aims ("phấn đấu
đến năm 2030 đạt 100 %"), conditions and amounts are no duties, nor is a day before the paper's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date as Date
from functools import cached_property
from typing import NamedTuple

from index.language.text import key
from index.reading.actors import WORKS, Actor, find_actors
from index.reading.due import find_times, may_name_time
from index.reading.duty_grammar import (
    ACTS,
    AIM,
    ALONE,
    ANYBODY,
    BY_ANYONE,
    BYGONE,
    CASE,
    CHARGED,
    COUNTED,
    DONE,
    EVENT_CUE,
    EVERYBODY,
    GIVEN,
    GUIDES,
    HEAD,
    HOLDS,
    IF,
    IS_DONE,
    MUST,
    NEEDED,
    NO_CHARGE,
    OWES,
    OWN_SUBJECT,
    PHRASE,
    POLITE,
    PUT_INTO,
    REGULAR,
    REGULAR_SPAN,
    REPORTING,
    REPORTS,
    RIGHT,
    SAYS,
    SHARE,
    SHOULD_NEED,
    SINCE,
    SOME_TIME,
    STRIVES,
    TERM,
    THEN,
    THEN_ACTS,
    TOLD,
    UNABLE,
    VOID,
)
from index.reading.recurring import find_reports
from index.reading.references import FoundReference, find_references
from index.reading.relative import find_events
from index.reading.time_words import Force, Time
from index.types import Due, Recurrence

_SPANS = {"tháng": Recurrence.HALF_YEAR, "quý": Recurrence.QUARTER, "năm": Recurrence.YEAR}
_MOST = 40
"""Times in one clause; what names more is a list of days and no prose."""
_CLOSE = 3
"""Characters between a time and whom it is for: ", "."""
_SOON = 45
_REACH = 100
"""Characters between a time at the head of a segment and whom it is for."""
_ORDER_WORDS = ("giao ", "yêu cầu ", "phân công ", "đề nghị ", "ủy nhiệm ", "ủy quyền ")
_CHARGE_WORDS = (
    *_ORDER_WORDS, "trách nhiệm", "nhiệm vụ", "chủ trì", "phụ trách", "theo dõi", "đôn đốc", "hướng dẫn", "tham mưu",
    "lãnh đạo", "chỉ đạo", "phối hợp", "giám sát", "tổng hợp", "đầu mối", "đảm nhiệm", "đảm nhận",
)  # fmt: skip


class Setting(NamedTuple):
    """What stands above a clause. ``who``: whom its heading or the lead of its list names; ``ordered``: the lead gives
    it to them. ``reports``: the clause tells what was. ``aims``: it names targets. ``assigns``: it says who does what.
    ``regular``: it says what is reported again and again. ``rules``: the paper rules for everybody (a regulation).
    """

    issued: Date | None = None
    who: str = ""
    ordered: bool = False
    reports: bool = False
    aims: bool = False
    assigns: bool = False
    regular: bool = False
    rules: bool = False


class Task(NamedTuple):
    """``clause[start:end]``: the words of the time, else of the duty."""

    start: int
    end: int
    due: Due | None
    who: str


def read_tasks(clause: str, setting: Setting, *, shown: str = "", near: bool = False) -> tuple[Task, ...]:
    """The duties of a clause in order; each actor's without a time only where the words charge them with it.

    ``clause``: a sentence or an item, quotes masked; ``shown``: its key. ``near``: one beside it gives somebody a time.
    """
    shown = shown or key(clause)
    charges = _may_charge(shown, setting, near=near)
    times = find_times(shown, clause, issued=setting.issued) if may_name_time(shown) else ()
    if not times and not setting.reports and (charges or EVENT_CUE.search(shown)):
        times = tuple(one for one in find_events(shown, clause) if one.force is Force.LAST or not setting.rules)
    if not (times or charges) or len(times) > _MOST or VOID.search(shown):
        return ()
    reader = _Reader(clause, shown, setting, find_actors(shown, clause))
    tasks = list(reader.timed(times))
    timed = {task.who for task in tasks}
    if charges and not clause.rstrip().endswith(":"):
        charged = list(reader.untimed(near=near or any(task.due for task in tasks)))
        tasks += [task for task in charged if task.who not in timed]
    return tuple(sorted(tasks, key=lambda task: task.start))


def _may_charge(shown: str, setting: Setting, *, near: bool) -> bool:
    if setting.reports or setting.aims:
        return False
    if setting.rules and not setting.assigns:
        return "giao " in shown
    return near or setting.assigns or setting.ordered or any(words in shown for words in _CHARGE_WORDS)


class _Reader:
    """Reads one clause; ``cuts``: where its segments, closed by ";", begin and the last ends. ``timed_here``: it gives
    somebody a time.
    """

    def __init__(self, clause: str, shown: str, setting: Setting, actors: Sequence[Actor]) -> None:
        self.clause, self.shown, self.setting, self.actors = clause, shown, setting, actors
        self.cuts = [0, *(match.end() for match in re.finditer(";", shown)), len(shown)]
        self.times: list[Time] = []
        self.timed_here = False
        self.regular = setting.regular or REGULAR.search(shown) is not None or len(REPORTS.findall(shown)) > 1

    def timed(self, times: Sequence[Time]) -> Iterator[Task]:
        self.times = [time for time in times if not self._cited(time)]
        if self.actors and not self.setting.reports:
            times = sorted([*times, *find_reports(self.shown, times)], key=lambda time: time.start)
        kept = [self._as_regular(time, times[place - 1].end if place else 0) for place, time in enumerate(times)]
        kept = [time for time in kept if self._counts(time)]
        said = set[tuple[Recurrence, int]]()
        for time in kept:
            due, segment = time.due, self._segment(time.start)[0]
            every = [one.due for one in kept if one.due.every and self._segment(one.start)[0] == segment]
            if due.every and not due.on and any(one.on and one.every is due.every for one in every):
                continue
            if due.every and not due.on and (due.every, segment) in said:
                continue
            if time.moment and not time.moment.has_year and any(one.every is Recurrence.YEAR for one in every):
                continue  # "hằng năm (vào cuối quý III)"
            if due.every:
                said.add((due.every, segment))
            self.timed_here = True
            yield Task(time.start, time.end, due, self._who(time))

    def _as_regular(self, time: Time, before: int) -> Time:
        """A day without a year, where the paper says what comes every year."""
        moment = time.moment
        if not (self.regular and moment and moment.dated and not moment.has_year and time.force is Force.LAST):
            return time
        spans = [*REGULAR_SPAN.finditer(self.shown, max(before, self._segment(time.start)[0]), time.start)]
        words = spans[-1]["span"].split() if spans else ["năm"]
        every = Recurrence.NINE_MONTHS if words[0] in ("9", "09", "chín") else _SPANS[words[-1]]
        return time._replace(due=Due(every=every, on=(moment.written,)), moment=None)

    def _counts(self, time: Time) -> bool:
        """Whether somebody is told to act by this time."""
        due, (start, end) = time.due, self._segment(time.start)
        segment = self.shown[start:end]
        issued = self.setting.issued
        if due.date and issued and (due.date < issued or (due.date == issued and time.force is not Force.LAST)):
            return False
        if time.force is not Force.LAST and self.clause.rstrip().endswith(":"):
            return False
        if self._tells_no_task(time):
            return False
        if self.setting.reports:
            return bool(time.force is Force.LAST and due.date and not TOLD.search(segment))
        if time.moment and time.moment.yearly and STRIVES.search(self.shown, start, time.start):
            return False
        if time.force is Force.LAST and not due.every:
            return True
        if due.date and DONE.search(self.shown, time.end, min(end, time.end + _SOON)):
            return False
        if TOLD.search(segment) or RIGHT.search(segment):
            return False
        if self._cited(time) or (
            time.force is not Force.LAST
            and (self.setting.aims or AIM.search(segment) or (due.date and SHARE.search(segment)))
            and not due.after
        ):
            return False
        return time.force is Force.LAST or self._acted_on(time)

    def _acted_on(self, time: Time) -> bool:
        """Whether the words say that somebody acts by a time which is no deadline by its own words."""
        due, (start, end) = time.due, self._segment(time.start)
        segment = self.shown[start:end]
        actor = self._actor(time)
        if DONE.search(self.shown, start, time.start) and (actor is None or not start <= actor.start < end):
            return False
        if actor is not None:
            return UNABLE.match(self.shown, actor.verb) is None
        if time.force is Force.BARE:
            if time.moment and THEN_ACTS.match(self.shown, time.end):
                return True
            return bool(self.actors) and self._own_actor() is not None
        acts = ACTS.match(self.shown) or ACTS.match(segment)
        if (due.after or due.on) and MUST.search(segment):
            return True
        if due.every and REPORTING.search(segment):
            return True
        period = bool(time.moment and not time.moment.dated) or bool(due.on or due.after)
        return bool(acts) or (
            period and not COUNTED.search(segment) and IS_DONE.search(self.shown, start, time.start) is not None
        )

    def _tells_no_task(self, time: Time) -> bool:
        """Whether the segment says what holds until then, what happens in a case, or something by the way."""
        start, end = self._segment(time.start)
        if HOLDS.search(self.shown, start, time.start) or HOLDS.search(self.shown, time.end, end):
            return True
        if time.force is not Force.LAST and TERM.search(self.shown, start, end):
            return True
        if CASE.match(self.shown, start, time.start) and THEN.search(self.shown, time.end, end):
            return True
        if time.due.every and not time.due.on and PUT_INTO.search(self.shown, start, time.start):
            return True
        return IF.search(self.shown[start:end]) is not None or self._in_brackets(time)

    def _own_actor(self) -> Actor | None:
        return next((one for one in self.actors if not UNABLE.match(self.shown, one.verb)), None)

    def _cited(self, time: Time) -> bool:
        """Whether it stands in the name of another paper."""
        return any(one.start <= time.start < one.end for one in self._references)

    @cached_property
    def _references(self) -> Sequence[FoundReference]:
        return find_references(self.clause)

    def _in_brackets(self, time: Time) -> bool:
        """What is said by the way, unless a deadline is all that the brackets say."""
        opened = self.shown.rfind("(", 0, time.start)
        if opened < 0 or ")" in self.shown[opened : time.start] or time.force is Force.LAST:
            return False
        return time.force is Force.BARE or opened + 1 < time.start

    def _segment(self, position: int) -> tuple[int, int]:
        place = bisect_right(self.cuts, position, hi=len(self.cuts) - 1)
        return self.cuts[place - 1], self.cuts[place]

    def _actor(self, time: Time) -> Actor | None:
        start, end = self._segment(time.start)
        inside = [one for one in self.actors if start <= one.start < end]
        before = [one for one in inside if one.start < time.start]
        if HEAD.search(self.shown, 0, time.start) and (
            next_one := next((one for one in inside if 0 <= one.start - time.end <= _CLOSE), None)
        ):
            return next_one
        if before:
            return before[-1]
        if behind := [one for one in inside if 0 <= one.start - time.end <= _REACH]:
            return behind[0]
        if OWN_SUBJECT.match(self.shown, start, time.end):
            return None
        earlier = [one for one in self.actors if one.start < time.start]
        earlier = [one for one in earlier if not one.inner] or earlier
        return earlier[-1] if earlier else None

    def _who(self, time: Time) -> str:
        if actor := self._actor(time):
            return self.clause[actor.start : actor.end]
        start, _ = self._segment(time.start)
        return "" if OWN_SUBJECT.match(self.shown, start, time.end) and not self.setting.regular else self.setting.who

    def untimed(self, *, near: bool) -> Iterator[Task]:
        """Who is charged with something; whether by a time of their own too is for the caller to see."""
        for actor in self.actors:
            if self._is_open(actor) and self._is_told(actor, near=near):
                phrase = PHRASE.match(self.clause, actor.verb)
                if phrase and not ALONE.match(self.shown, actor.verb, phrase.end()):
                    stop = actor.verb + len(phrase[0].rstrip())
                    yield Task(actor.verb, stop, None, self.clause[actor.start : actor.end])
        setting = self.setting
        given = setting.who and not setting.rules and (setting.ordered or CHARGED.match(self.shown))
        if given and not self.actors and (acts := ACTS.match(self.shown)):
            phrase = PHRASE.match(self.clause, acts.start())
            yield Task(acts.start(), phrase.end() if phrase else acts.end(), None, setting.who)

    def _is_open(self, actor: Actor) -> bool:
        """False where the words tell what was, grant a right, speak of a case, or name a time that is no deadline."""
        start, end = self._segment(actor.start)
        if UNABLE.match(self.shown, actor.verb) or POLITE.match(self.shown, actor.verb):
            return False
        if DONE.search(self.shown, start, actor.start) or self._has_open_time(actor, end) or self._is_bygone(actor):
            return False
        if NO_CHARGE.search(self.shown, actor.start, end):
            return False
        if EVERYBODY.fullmatch(self.shown, actor.start, actor.end) and NEEDED.match(self.shown, actor.verb):
            return False
        return not any(pattern.search(self.shown, start, end) for pattern in (SHARE, SHOULD_NEED, SINCE, TOLD, RIGHT))

    def _has_open_time(self, actor: Actor, end: int) -> bool:
        """Whether the actor's words name a time that is no deadline: an event, a fact, or nothing understood."""
        named = any(actor.verb <= time.start < end for time in self.times)
        return named or SOME_TIME.search(self.shown, actor.verb, end) is not None

    def _is_bygone(self, actor: Actor) -> bool:
        """Whether the clause tells what was; what is given to somebody at a meeting is still to be done."""
        begun = BYGONE.match(self.shown)
        if begun is None:
            return False
        if begun["year"]:
            return self.setting.issued is None or int(begun["year"]) < self.setting.issued.year
        return not (actor.ordered and GIVEN.search(self.shown, 0, actor.start))

    def _is_told(self, actor: Actor, *, near: bool) -> bool:
        if actor.ordered:
            given = self.shown[self._segment(actor.start)[0] : actor.start]
            return not (self.setting.rules and BY_ANYONE.search(given))
        if not (actor.first or CHARGED.match(self.shown, actor.verb)) or SAYS.match(self.shown, actor.verb):
            return False
        if ANYBODY.match(self.shown, actor.start) and not OWES.match(self.shown, actor.verb):
            return near and self.setting.assigns  # "cán bộ, đảng viên cần …" is said to everybody
        charged = CHARGED.match(self.shown, actor.verb) is not None
        if near or self.setting.assigns:
            charged = charged or GUIDES.match(self.shown, actor.verb) is not None
        works = WORKS.match(self.shown, actor.verb) is not None
        if self.setting.rules:
            return self.setting.assigns and (charged or works) and not actor.inner
        if actor.inner:
            return charged and self.shown[: actor.start].endswith(("do ", "được "))
        return charged or (works and (self.timed_here or self.setting.assigns))
