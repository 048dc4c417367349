"""A duty in words, for administrators: who is to do it, by when, the clause that says so, what was decided."""

from __future__ import annotations

from bot import texts
from bot.answering.answer import quote_block
from bot.answering.citation import full_name_of, spoken_date
from bot.answering.standings import Standings, Visible, clause_quote
from bot.digest.duties.deciding import Duties, Judged, next_day_of
from bot.digest.duties.dues import due_words
from bot.messages import QuoteBlock


def duty_lines(one: Judged, duties: Duties) -> list[str]:
    """Who, by when with the next day, and how it was read where it is corrected."""
    lines = [texts.DUTY_WHO.format(who=one.who or texts.DUTY_WHO_NONE), _due_line(one, duties)]
    if one.is_corrected:
        who = one.duty.who or texts.DUTY_WHO_NONE
        lines.append(texts.DUTY_AS_READ.format(who=who, due=due_words(one.duty.due)))
    return lines


def duty_quote(one: Judged, duties: Duties, *, visible: Visible) -> QuoteBlock | None:
    """The clause, with what is to be said above it; ``visible``: the papers that may be named there."""
    quote = clause_quote(one.directive, duties.library.printed(one.directive.id), one.duty.span)
    return quote_block(quote, Standings(duties.library, duties.validity, visible)) if quote else None


def state_words(one: Judged, duties: Duties) -> str:
    return texts.DUTY_OVER_UNDECIDED if one in duties.past else texts.DUTY_STATES[one.state]


def decided_words(was: Judged, becomes: Judged, duties: Duties) -> str:
    """What has been done, and, where nothing will come of it, why."""
    paper = full_name_of(becomes.directive)
    said = texts.DUTY_DECIDED[_deed(becomes)].format(
        who=becomes.who or texts.DUTY_WHO_NONE, due=due_words(becomes.due), paper=paper
    )
    if becomes.state == "confirmed" and next_day_of(becomes, after=duties.today) is None:
        said = f"{said} {_why_never(becomes)}"
    if was.state != "proposed" and becomes.state not in (was.state, "proposed"):
        said = f"{said} {texts.DUTY_BEFORE.format(state=texts.DUTY_STATES[was.state])}"
    return said


def _due_line(one: Judged, duties: Duties) -> str:
    said, day = due_words(one.due), next_day_of(one, after=duties.today)
    if one.due is None or one.due.every is None:
        return texts.DUTY_DUE.format(due=said)
    told = texts.DUTY_NEXT.format(day=spoken_date(day)) if day else texts.DUTY_DAY_UNCLEAR
    return texts.DUTY_DUE.format(due=f"{said}; {told}")


def _deed(becomes: Judged) -> str:
    """A key of `texts.DUTY_DECIDED`."""
    return "corrected" if becomes.state == "confirmed" and becomes.is_corrected else becomes.state


def _why_never(one: Judged) -> str:
    return texts.DUTY_OVER if one.due and one.due.date else texts.DUTY_UNTIMED
