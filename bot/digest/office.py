"""What administrators do with the digest in chat: ``/bantin xem``, ``gửi``, ``tình trạng``, ``gửi lại``, ``lịch``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.answering.answer import Answer
from bot.answering.confirming import says_no, says_yes
from bot.asking.recheck import left_of
from bot.asking.sight import Sight, View
from bot.department import Department, Outcome, Request, Task, told
from bot.digest import schedule as plans
from bot.digest import telling
from bot.digest.claiming import Claiming, Draft
from bot.digest.ledger import Standing, retry_unknown, standing
from bot.digest.schedule import OFF, Schedule, parse_schedule
from bot.digest.telling import Variant
from bot.digest.timetable import Timetable
from bot.messages import Block, Choice, Choices, Link, Reply, Text, papers_of
from bot.people.audiences import bare_cell, cell_named
from bot.state import audit, digests, members
from index import fold

if TYPE_CHECKING:
    from bot.state.database import Database

_TASK: Final = "bantin"
_FOR: Final = timedelta(hours=1)
_VARIANTS: Final = 4
_CELL_BUTTONS: Final = 20
_PRESSED: Final = re.compile(r"(?P<word>gui ngay|khong gui) (?P<mark>\d{1,9})")
_OFF: Final = frozenset({OFF, "tat", "dung", "bo", "khong"})
_PAGES: Final = "/quan-tri/ban-tin"


class DigestOffice:
    """``public_url``: of the web page, None where there is none."""

    def __init__(
        self,
        database: Database,
        sight: Sight,
        claiming: Claiming,
        timetable: Timetable,
        *,
        public_url: str | None,
    ) -> None:
        self._database, self._sight, self._claiming = database, sight, claiming
        self._timetable, self._public_url = timetable, public_url

    def department(self) -> Department:
        return Department(tasks={_TASK: self._step})

    def answer(self, request: Request) -> Outcome | None:
        """To what stands behind ``/bantin``; None for what is none of this."""
        typed = " ".join(request.arguments.split())
        words = fold(typed)
        if pressed := _PRESSED.fullmatch(words):
            return self._pressed(request, pressed["word"], int(pressed["mark"]))
        verb, rest = _verb(words)
        match verb:
            case "xem":
                return self._preview(request, _last_words(typed, rest))
            case "gui" | "gui ngay":
                return self._ask(request)
            case "tinh trang" | "tinh hinh" | "so gui":
                return self._state(request)
            case "gui lai":
                return self._again(request)
            case "lich" | "hen":
                return self._plan(request, _last_words(typed, rest))
            case _ if not words and request.asker.member is None:
                return told(texts.DIGEST_OFFICE_HELP)
            case _:
                return None

    # -- what would go out ---------------------------------------------------------------------------------------------

    def _preview(self, request: Request, wanted: str) -> Outcome:
        with self._database.reading() as db:
            cells = members.cells(db)
        cell = cell_named(wanted, cells) if wanted else None
        if wanted and cell is None:
            return told(texts.DIGEST_NO_CELL.format(cell=wanted[:60], cells="; ".join(cells)))
        draft, zone = self._claiming.preview(as_of=request.now), self._timetable.zone
        if cell is None:
            when = telling.leaves(draft, zone, now=request.now)
            blocks: list[Block] = [Text(text="\n".join((*telling.draft_lines(draft, zone), when)))]
            found = [each for each, _ in telling.by_cell(draft.letters)][:_CELL_BUTTONS]
            look = (Choice(label=bare_cell(each), send=f"/bantin xem {each}") for each in found)
            blocks += [*self._on_page(), Choices(choices=tuple(look))] if found else self._on_page()
            return Outcome(Answer(answered=True, reply=Reply(blocks=tuple(blocks))))
        return self._preview_of(request, draft, cell)

    def _preview_of(self, request: Request, draft: Draft, cell: str) -> Outcome:
        letters, view = telling.of_cell(draft, cell), self._sight.of(request)
        kinds = telling.variants(letters)
        skipped = telling.skipped_lines(each for each in letters if each.skipped)
        going = sum(len(kind.people) for kind in kinds)
        opening = texts.DIGEST_CELL_DRAFT.format(cell=bare_cell(cell), going=going, skipped=len(letters) - going)
        blocks: list[Block] = [Text(text="\n".join((opening, *skipped)))]
        for kind in kinds[:_VARIANTS]:
            blocks += [Text(text=telling.variant_line(kind)), *_shown_here(kind, view)]
        if len(kinds) > _VARIANTS:
            blocks.append(Text(text=texts.DIGEST_MORE_VARIANTS.format(count=len(kinds) - _VARIANTS)))
        return Outcome(Answer(answered=True, reply=Reply(blocks=(*blocks, *self._on_page()))), writes=view.checks)

    def _on_page(self) -> list[Block]:
        if not self._public_url:
            return []
        return [Link(label=texts.DIGEST_PREVIEW_ON_PAGE, url=f"{self._public_url}{_PAGES}")]

    # -- sending -------------------------------------------------------------------------------------------------------

    def _ask(self, request: Request) -> Outcome:
        draft, zone = self._claiming.preview(as_of=request.now), self._timetable.zone
        with self._database.reading() as db:
            last = digests.last(db)
        if last and self._claiming.is_needless(draft, last):
            return told(texts.DIGEST_NOTHING_TO_SEND.format(number=last.number), *self._standing_said(request))
        if not draft.going:
            return told("\n".join((texts.DIGEST_NOBODY, *telling.skipped_lines(draft.skipped))))
        mark = last.number if last else 0
        said = "\n".join((*telling.draft_lines(draft, zone), telling.leaves(draft, zone, now=request.now)))
        choices = (
            Choice(label=texts.DIGEST_SEND_YES.format(count=len(draft.going)), send=f"/bantin gửi ngay {mark}"),
            Choice(label=texts.DIGEST_SEND_NO, send=f"/bantin không gửi {mark}"),
        )
        blocks = (Text(text=said), Text(text=texts.DIGEST_SEND_ASK), Choices(choices=choices))
        task = Task(name=_TASK, until=request.now + _FOR, facts={"mark": str(mark)})
        return Outcome(Answer(answered=False, reply=Reply(blocks=blocks)), task=task)

    def _pressed(self, request: Request, word: str, mark: int) -> Outcome:
        """A button belongs to the question under which it stands, and to no other."""
        task = request.task
        if task is None or task.name != _TASK or task.facts.get("mark") != str(mark):
            return told(texts.DIGEST_SEND_NOT_WAITING, task=task)
        return self._send(request, mark) if word == "gui ngay" else told(texts.DIGEST_SEND_DROPPED)

    def _step(self, request: Request) -> Outcome | None:
        if not request.asker.is_administrator or request.task is None:
            return None
        if says_no(request.text):
            return told(texts.DIGEST_SEND_DROPPED)
        if says_yes(request.text, "gui", "gui di", "gui ngay"):
            return self._send(request, int(request.task.facts["mark"]))
        return None

    def _send(self, request: Request, mark: int) -> Outcome:
        """Claimed at once: whoever is answered again finds it claimed, and is told how it stands."""
        with self._database.reading() as db:
            last = digests.last(db)
        if (last.number if last else 0) != mark:
            return told(texts.DIGEST_SEND_OVERTAKEN, *self._standing_said(request))
        number = self._claiming.claim_now(by=request.asker.code)
        if number is None:
            return told(texts.DIGEST_SEND_OVERTAKEN, *self._standing_said(request))
        with self._database.reading() as db:
            digest = digests.get(db, number)
        zone = self._timetable.zone
        if digest and digest.starts_at > request.now + timedelta(minutes=1):
            return told(texts.DIGEST_SEND_LATER.format(number=number, at=telling.said_time(digest.starts_at, zone)))
        return told(texts.DIGEST_SENDING.format(number=number))

    # -- what became of it ---------------------------------------------------------------------------------------------

    def _state(self, request: Request) -> Outcome:
        with self._database.reading() as db:
            found = standing(db)
            planned = self._planned(db, request.now)
        if found is None:
            return told(texts.DIGEST_NONE_YET, planned)
        lines = telling.standing_lines(found, self._timetable.zone, now=request.now)
        blocks: list[Block] = [Text(text="\n".join(lines)), Text(text=planned), *self._on_page()]
        if found.unknown:
            again = texts.DIGEST_AGAIN.format(count=len(found.unknown))
            blocks.append(Choices(choices=(Choice(label=again, send="/bantin gửi lại"),)))
        return Outcome(Answer(answered=True, reply=Reply(blocks=tuple(blocks))))

    def _standing_said(self, request: Request) -> Sequence[str]:
        with self._database.reading() as db:
            found = standing(db)
        return ["\n".join(telling.standing_lines(found, self._timetable.zone, now=request.now))] if found else []

    def _again(self, request: Request) -> Outcome:
        with self._database.reading() as db:
            found = standing(db)
        if found is None:
            return told(texts.DIGEST_NONE_YET)
        if not found.unknown:
            return told(texts.DIGEST_NONE_UNKNOWN.format(number=found.digest.number))
        return self._retry(request, found)

    def _retry(self, request: Request, found: Standing) -> Outcome:
        number = found.digest.number
        with self._database.transaction() as db:
            done = retry_unknown(db, number, self._timetable, by=request.asker.code, now=request.now)
        said = texts.DIGEST_AGAIN_DONE.format(count=done.again, number=number)
        left = texts.DIGEST_AGAIN_LEFT.format(count=done.left) if done.left else ""
        later = done.starts_at > request.now + timedelta(minutes=1)
        at = telling.said_time(done.starts_at, self._timetable.zone)
        return told(" ".join(filter(None, (said, texts.DIGEST_AGAIN_LATER.format(at=at) if later else "", left))))

    # -- when ----------------------------------------------------------------------------------------------------------

    def _plan(self, request: Request, wanted: str) -> Outcome:
        if not wanted:
            with self._database.reading() as db:
                return told(self._planned(db, request.now), texts.DIGEST_PLAN_HOW)
        planned = None if fold(wanted) in _OFF else parse_schedule(wanted)
        if planned is None and fold(wanted) not in _OFF:
            return told(texts.DIGEST_PLAN_BAD.format(plan=wanted[:60]))
        if planned and self._timetable.is_quiet_at(planned):
            return told(texts.DIGEST_PLAN_QUIET.format(at=f"{planned.at:%H:%M}", quiet=self._timetable.quiet))
        return self._planned_anew(request, planned)

    def _planned_anew(self, request: Request, planned: Schedule | None) -> Outcome:
        def write(db: Connection) -> None:
            self._timetable.change(db, planned)
            said = str(planned) if planned else OFF
            audit.record(db, actor=request.asker.code, action="digest.schedule", now=request.now, schedule=said)

        if planned is None:
            return told(texts.DIGEST_PLAN_OFF, writes=(write,))
        at = telling.said_time(plans.next_slot(planned, request.now, self._timetable.zone), self._timetable.zone)
        return told(texts.DIGEST_PLAN_SET.format(plan=plans.words(planned), at=at), writes=(write,))

    def _planned(self, db: Connection, now: datetime) -> str:
        said = texts.DIGEST_PLAN.format(plan=plans.words(self._timetable.schedule(db)))
        at = self._timetable.next_slot(db, now)
        return f"{said} {texts.DIGEST_PLAN_NEXT.format(at=telling.said_time(at, self._timetable.zone))}" if at else said


_VERBS: Final = ("tinh trang", "tinh hinh", "so gui", "gui ngay", "gui lai", "xem", "gui", "lich", "hen")


def _verb(words: str) -> tuple[str, int]:
    """The verb, and how many words stand behind it."""
    for verb in _VERBS:
        if words == verb:
            return verb, 0
        if words.startswith(f"{verb} ") and verb in ("xem", "lich", "hen"):
            return verb, len(words.split()) - 1
    return "", 0


def _last_words(typed: str, count: int) -> str:
    """As they were typed."""
    return " ".join(typed.split()[-count:]) if count else ""


def _shown_here(kind: Variant, view: View) -> list[Block]:
    """As far as this chat may show it; buttons only by their names, as they are others'."""
    blocks: list[Block] = []
    for position, part in enumerate(kind.parts, start=1):
        if len(kind.parts) > 1:
            blocks.append(Text(text=texts.DIGEST_PART.format(position=position, count=len(kind.parts))))
        told_here = [block for block in part.blocks if papers_of(block) <= view.shown]
        hidden = len(told_here) < len(part.blocks)
        left = left_of(Reply(blocks=tuple(told_here)), view.standings) if told_here else None
        blocks += [_without_buttons(block) for block in (left.blocks if left else ())]
        if hidden:
            blocks.append(Text(text=texts.DIGEST_PART_ABOVE))
    return blocks


def _without_buttons(block: Block) -> Block:
    if not isinstance(block, Choices):
        return block
    return Text(text=texts.DIGEST_BUTTONS.format(labels=" · ".join(choice.label for choice in block.choices)))
