"""``/hoivanphong N`` sends a question on to the office; ``/chuatraloi`` is where administrators answer those."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.answering import citation
from bot.answering.answer import Answer, quote_block, remark, with_amending
from bot.answering.confirming import says_no, says_yes
from bot.answering.conversation import Conversation
from bot.answering.standings import Standings
from bot.asking.askers import own_question
from bot.asking.finding import elsewhere, find_answer, office_words, stands, with_block
from bot.asking.office_questions import Group, Letter, Telling, group_with, open_groups, plan_telling
from bot.asking.sight import Sight
from bot.department import Command, Department, Outcome, Rank, Request, Stale, Task, told
from bot.messages import Block, Choice, Choices, Frozen, Reply, Text
from bot.people.access import Asker
from bot.people.keys import Keys
from bot.state import audit, members, office_answers, outbox, questions
from index import Quote, fold

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library, Validity

PAGE: Final = 8
REMARK_LIMIT: Final = 800
_QUESTION_LIMIT: Final = 90
_WAITS: Final = timedelta(hours=1)
_SEARCH, _REMARK, _CONFIRM = "office_search", "office_remark", "office_confirm"


class Draft(Frozen):
    """An answer in the making. ``question``: one of its group; ``quotes``: those offered, then the one chosen."""

    question: int
    quotes: tuple[Quote, ...] = ()
    remark: str = ""


class Office:
    def __init__(
        self, library: Library, database: Database, *, keys: Keys, sight: Sight, public_url: str | None
    ) -> None:
        self._library = library
        self._database = database
        self._keys = keys
        self._sight = sight
        self._public_url = public_url

    def department(self) -> Department:
        return Department(
            commands=(
                Command(names=("hoivanphong",), answer=self.forward, rank=Rank.ANYBODY),
                Command(
                    names=("chuatraloi",),
                    answer=self.list,
                    rank=Rank.ADMINISTRATOR,
                    private=True,
                ),
            ),
            tasks={
                _SEARCH: self._step(self._search),
                _REMARK: self._step(self._take_remark),
                _CONFIRM: self._step(self._confirm),
            },
        )

    def forward(self, request: Request) -> Outcome:
        """Only the asker's own question, and only one without an answer that they are content with."""
        question = own_question(self._database, self._keys, request, request.arguments)
        if question is None:
            return told(texts.UNKNOWN_QUESTION)
        if question.office_answer is not None:
            return told(texts.OFFICE_HAS_ANSWERED)
        if question.answered and question.vote != "bad":
            return told(texts.OFFICE_NOT_NEEDED)
        said = texts.OFFICE_ASKED if request.asker.member else texts.OFFICE_ASKED_GUEST
        return told(said, writes=(lambda db: questions.forward(db, question.number),))

    # -- the administrator's list --------------------------------------------------------------------------------------

    def list(self, request: Request) -> Outcome:
        """``/chuatraloi``, ``/chuatraloi trang 2``, ``/chuatraloi N``: the group with question N."""
        word, _, rest = request.arguments.partition(" ")
        if word.isdecimal() and word.isascii():
            return self._open(int(word[:18]), request)
        with self._database.reading() as db:
            groups = open_groups(db)
        if not groups:
            return told(texts.OFFICE_NOTHING)
        page = int(rest[:6]) if word == "trang" and rest[:6].isdecimal() else 1
        first = PAGE * (min(max(page, 1), -(-len(groups) // PAGE)) - 1)
        choices = [
            Choice(label=_line(group), send=f"/chuatraloi {group.number}") for group in groups[first : first + PAGE]
        ]
        if first + PAGE < len(groups):
            choices.append(Choice(label=texts.DIRECTIVES_NEXT, send=f"/chuatraloi trang {first // PAGE + 2}"))
        opening = remark(texts.OFFICE_LIST.format(count=len(groups)))
        return Outcome(with_block(opening, Choices(choices=tuple(choices))))

    def _open(self, number: int, request: Request) -> Outcome:
        group = self._group(number)
        if group is None:
            return told(texts.OFFICE_GONE)
        said = remark(
            texts.OFFICE_QUESTION.format(question=group.text, count=len(group.questions)),
            texts.OFFICE_REASONS.format(reasons="; ".join(group.reasons)) if group.reasons else "",
            "" if group.form else texts.OFFICE_ONCE,
            texts.OFFICE_SEARCH.format(drop=texts.OFFICE_DROP),
        )
        asked = with_block(said, _offer(texts.OFFICE_DROP, texts.CANCEL))
        return Outcome(asked, task=_task(_SEARCH, Draft(question=group.number), request))

    # -- the steps of an answer ----------------------------------------------------------------------------------------

    def _search(self, draft: Draft, group: Group, request: Request) -> Outcome:
        """Words to search, or one of the quotes found, or that no answer is needed."""
        if _is(request, texts.OFFICE_DROP):
            return _drop(group, request)
        places = {fold(texts.OFFICE_QUOTE.format(position=at)): at for at in range(1, len(draft.quotes) + 1)}
        if at := places.get(fold(request.text)):
            chosen = draft.model_copy(update={"quotes": (draft.quotes[at - 1],)})
            asked = remark(texts.OFFICE_REMARK.format(limit=REMARK_LIMIT, none=texts.OFFICE_NO_REMARK))
            choices = _offer(texts.OFFICE_NO_REMARK, texts.CANCEL)
            return Outcome(with_block(asked, choices), task=_task(_REMARK, chosen, request))
        return self._offer_quotes(draft, request)

    def _offer_quotes(self, draft: Draft, request: Request) -> Outcome:
        view = self._sight.of(request)
        found = find_answer(self._library, Conversation(), request.text, view=view).answer
        drop = _offer(texts.OFFICE_DROP, texts.CANCEL)
        if found is None or not found.quotes:
            said = remark(texts.OFFICE_NOT_FOUND) if found else elsewhere(self._public_url)
            return Outcome(with_block(said, drop), task=_task(_SEARCH, draft, request), writes=view.checks)
        blocks: list[Block] = []
        for at, quote in enumerate(found.quotes, start=1):
            blocks += (Text(text=texts.OFFICE_QUOTE.format(position=at)), quote_block(quote, view.standings))
        names = [texts.OFFICE_QUOTE.format(position=at) for at in range(1, len(found.quotes) + 1)]
        offered = Reply(blocks=(*blocks, Text(text=texts.OFFICE_PICK), _offer(*names, texts.OFFICE_DROP, texts.CANCEL)))
        with_quotes = draft.model_copy(update={"quotes": found.quotes})
        task = _task(_SEARCH, with_quotes, request)
        return Outcome(Answer(answered=False, reply=offered), task=task, writes=view.checks)

    def _take_remark(self, draft: Draft, group: Group, request: Request) -> Outcome:
        if len(request.text) > REMARK_LIMIT:
            said = texts.OFFICE_REMARK_TOO_LONG.format(length=len(request.text), limit=REMARK_LIMIT)
            return told(said, task=_task(_REMARK, draft, request))
        words = "" if _is(request, texts.OFFICE_NO_REMARK) else request.text.strip()
        return self._preview(draft.model_copy(update={"remark": words}), group, request)

    def _preview(self, draft: Draft, group: Group, request: Request) -> Outcome:
        view, quote = self._sight.of(request), draft.quotes[0]
        if not stands(self._library, quote, visible=view.shown):
            return told(texts.OFFICE_NOT_FOUND, task=_task(_SEARCH, Draft(question=draft.question), request))
        telling = self._telling(group, quote)
        blocks: tuple[Block, ...] = (
            Text(text=texts.OFFICE_PREVIEW.format(question=group.text)),
            *_answer_blocks(quote, draft.remark, view.standings),
            Text(text=_who(telling)),
            _offer(texts.OFFICE_SEND, texts.CANCEL),
        )
        answer = Answer(answered=False, reply=Reply(blocks=blocks))
        return Outcome(answer, task=_task(_CONFIRM, draft, request), writes=view.checks)

    def _confirm(self, draft: Draft, group: Group, request: Request) -> Outcome:
        """Whatever is neither yes nor no shows the preview again: nothing goes out by mistake, and nothing is lost."""
        if says_no(request.text):
            return told(texts.CANCELLED)
        view, quote = self._sight.of(request), draft.quotes[0]
        if not says_yes(request.text, "gui", "gui di") or not stands(self._library, quote, visible=view.shown):
            return self._preview(draft, group, request)
        telling, validity = self._telling(group, quote), view.validity

        def write(db: Connection) -> None:
            if group_with(db, group.number) != group or self._plan(db, group, quote) != telling:
                raise Stale
            self._store(db, draft, group, telling, request, validity)

        return told(texts.OFFICE_SENT.format(told=telling.told), writes=(*view.checks, write))

    def _store(
        self, db: Connection, draft: Draft, group: Group, telling: Telling, request: Request, validity: Validity
    ) -> None:
        quote = draft.quotes[0]
        number = office_answers.add(
            db, question=group.text, form=group.form, quote=quote, remark=draft.remark, now=request.now
        )
        questions.settle(db, telling.settled, office_answer=number)
        for letter in telling.letters:
            outbox.put(
                db,
                channel=letter.account.channel,
                chat=letter.account.chat,
                reply=self._reply_to(db, letter, quote, draft.remark, validity),
                now=request.now,
            )
        facts = {"question": group.number, "directive": quote.directive.id, "told": telling.told}
        audit.record(db, actor=request.asker.code, action="office.answer", now=request.now, **facts)

    def _reply_to(self, db: Connection, letter: Letter, quote: Quote, words: str, validity: Validity) -> Reply:
        if letter.shows:
            about = Text(text=texts.OFFICE_TOLD.format(question=letter.question.text))
            asker = Asker(member=members.by_id(db, letter.account.member))
            view = self._sight.of_asker(db, asker, channel=letter.account.channel)
            standings = Standings(view.library, validity, view.shown)
            return Reply(blocks=(about, *_answer_blocks(quote, words, standings)))
        about = Text(text=texts.OFFICE_TOLD_ELSEWHERE.format(question=letter.question.text))
        return Reply(blocks=(about, *elsewhere(self._public_url).reply.blocks))

    # -- what the steps share ------------------------------------------------------------------------------------------

    def _step(self, then: Callable[[Draft, Group, Request], Outcome]) -> Callable[[Request], Outcome | None]:
        """Only for administrators, while the question is open; it ends with one word."""

        def step(request: Request) -> Outcome | None:
            if request.task is None or not request.asker.is_administrator:
                return None
            if _is(request, texts.CANCEL):
                return told(texts.CANCELLED)
            draft = Draft.model_validate_json(request.task.facts["draft"])
            group = self._group(draft.question)
            return then(draft, group, request) if group else told(texts.OFFICE_GONE)

        return step

    def _group(self, number: int) -> Group | None:
        with self._database.reading() as db:
            return group_with(db, number)

    def _telling(self, group: Group, quote: Quote) -> Telling:
        with self._database.reading() as db:
            return self._plan(db, group, quote)

    def _plan(self, db: Connection, group: Group, quote: Quote) -> Telling:
        return plan_telling(db, group, quote.directive.id, sight=self._sight, keys=self._keys)


def _drop(group: Group, request: Request) -> Outcome:
    def write(db: Connection) -> None:
        questions.drop(db, [question.number for question in group.questions])
        audit.record(db, actor=request.asker.code, action="office.drop", now=request.now, question=group.number)

    return told(texts.OFFICE_DROPPED, writes=(write,))


def _answer_blocks(quote: Quote, words: str, standings: Standings) -> tuple[Block, ...]:
    return (Text(text=office_words(words)), *with_amending([quote], standings)[1])


def _who(telling: Telling) -> str:
    lines = [texts.OFFICE_WHO.format(told=telling.told)]
    if telling.only_reminded:
        lines.append(texts.OFFICE_WHO_ELSEWHERE.format(count=telling.only_reminded))
    if telling.kept_out:
        lines.append(texts.OFFICE_WHO_NOT.format(count=telling.kept_out))
    if telling.unreached:
        lines.append(texts.OFFICE_WHO_UNREACHED.format(count=telling.unreached))
    return "\n".join(lines)


def _line(group: Group) -> str:
    question = citation.shorten(group.text, _QUESTION_LIMIT)
    return texts.OFFICE_LINE.format(question=question, count=len(group.questions))


def _offer(*labels: str) -> Choices:
    return Choices(choices=tuple(Choice(label=label, send=label) for label in labels))


def _is(request: Request, label: str) -> bool:
    return fold(request.text.strip()) == fold(label)


def _task(name: str, draft: Draft, request: Request) -> Task:
    return Task(name=name, until=request.now + _WAITS, facts={"draft": draft.model_dump_json()})
