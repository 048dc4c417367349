"""``/an``, ``/hien``, ``/doituong``: withdraw a directive, bring it back, say for whom it is. It holds at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.administration.directives import Naming, ask_which, is_exact, meant, naming_under
from bot.answering.answer import Answer
from bot.answering.citation import shorten
from bot.department import Command, Department, Outcome, Rank, Request, Write, told
from bot.messages import Choice, Choices, Reply, Text
from bot.people.access import Ceiling, audience_of
from bot.people.audiences import audience_choices, audience_label, parse_audience, with_known_cell
from bot.state import audit, members, overrides
from bot.state.overrides import Override
from index import Directive

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

_MOST: Final = 20
_LABEL: Final = 120


class AudienceAdministration:
    """``ceilings``: by channel, the most that it shows: what lies above is not named there. A directive whose number
    was typed is changed all the same. ``public_url``: of the web page, None where there is none.
    """

    def __init__(
        self, library: Library, database: Database, *, ceilings: Mapping[str, Ceiling], public_url: str | None
    ) -> None:
        self._library = library
        self._database = database
        self._ceilings = ceilings
        self._public_url = public_url

    def department(self) -> Department:
        return Department(
            commands=(
                _command("an", self._withdraw),
                _command("hien", self._restore),
                _command("doituong", self._audience),
            )
        )

    def _withdraw(self, request: Request) -> Outcome:
        if not request.arguments:
            return told(texts.WITHDRAW_USAGE)
        found, naming = meant(self._library, request.arguments), self._naming(request)
        if len(found) != 1 or self._is_hidden(found[0], request.arguments, naming=naming):
            return ask_which("an", request.arguments, found, naming=naming)
        directive, undo = found[0], Choice(label=texts.RESTORE_CHOICE, send=f"/hien #{found[0].id}")
        said = Text(text=texts.WITHDRAWN.format(directive=naming.name(directive)))
        reply = Reply(blocks=(said, Choices(choices=(undo,))))
        return Outcome(Answer(answered=False, reply=reply), writes=(_withdrawing(request, directive),))

    def _restore(self, request: Request) -> Outcome:
        """A withdrawn directive that a new build reads under another id is known by its file."""
        with self._database.reading() as connection:
            gone = [each for each in overrides.everything(connection) if each.withdrawn]
        directives, naming = self._library.list(), self._naming(request)
        if not request.arguments:
            return _list_withdrawn(gone, directives, naming=naming)
        hidden = {each.id: hiding for each in directives if (hiding := _hiding(each, gone))}
        found = meant(self._library, request.arguments, among=frozenset(hidden))
        if len(found) == 1 and not self._is_hidden(found[0], request.arguments, naming=naming):
            return _restored(request, hidden[found[0].id], naming.name(found[0]))
        unread = [each for each in gone if f"#{each.directive}" == request.arguments]
        if not found and unread:
            return _restored(request, unread, unread[0].file if naming.whole else texts.ADMIN_THIS_DIRECTIVE)
        return ask_which("hien", request.arguments, found, naming=naming)

    def _audience(self, request: Request) -> Outcome:
        if not request.arguments:
            return told(texts.AUDIENCE_USAGE)
        argument, audience, unknown = self._split(request.arguments)
        found, naming = meant(self._library, argument), self._naming(request)
        exact = is_exact(self._library, argument)
        if unknown and exact:
            return told(texts.AUDIENCE_NO_CELL.format(audience=audience_label(unknown), cells=", ".join(self._cells())))
        hidden = len(found) == 1 and self._is_hidden(found[0], argument, naming=naming)
        if len(found) != 1 or hidden or (audience and not exact):
            return ask_which("doituong", argument, found, naming=naming, rest=audience or "")
        if audience is None:
            return self._ask_audience(found[0], naming)
        said = texts.AUDIENCE_SET.format(directive=naming.name(found[0]), audience=audience_label(audience))
        return told(said, writes=(_setting(request, found[0], audience),))

    def _split(self, arguments: str) -> tuple[str, str | None, str | None]:
        """The directive and, behind it, the audience: as many last words as make one. The third is an audience whose
        cell the roll does not have; the words may be those of a title as well.
        """
        words, cells, unknown = arguments.split(), self._cells(), None
        for position in range(1, len(words)):
            audience = parse_audience(" ".join(words[position:]))
            if audience and (known := with_known_cell(audience, cells)):
                return " ".join(words[:position]), known, None
            unknown = unknown or audience
        return arguments, None, unknown

    def _cells(self) -> list[str]:
        with self._database.reading() as connection:
            return members.cells(connection)

    def _naming(self, request: Request) -> Naming:
        with self._database.reading() as connection:
            now = overrides.everything(connection)
        ceiling = self._ceilings.get(request.incoming.channel)
        return naming_under(ceiling, self._library.list(), now, public_url=self._public_url)

    def _is_hidden(self, directive: Directive, argument: str, *, naming: Naming) -> bool:
        """Words that fit it are no reason to say that there is such a directive."""
        return not (naming.may_name(directive) or is_exact(self._library, argument))

    def _ask_audience(self, directive: Directive, naming: Naming) -> Outcome:
        with self._database.reading() as connection:
            override = next((each for each in overrides.everything(connection) if _is_of(each, directive)), None)
        now = audience_label(audience_of(directive, override))
        text = texts.AUDIENCE_ASK.format(directive=naming.name(directive), audience=now)
        choices = Choices(choices=audience_choices(f"/doituong #{directive.id} "))
        return Outcome(Answer(answered=False, reply=Reply(blocks=(Text(text=text), choices))))


def _list_withdrawn(gone: Sequence[Override], directives: Sequence[Directive], *, naming: Naming) -> Outcome:
    """A withdrawn file that the library does not hold is for whom nobody knows."""
    if not gone:
        return told(texts.NONE_WITHDRAWN)
    withdrawn = len(gone)
    names = {name: naming.name(each) for each in directives if naming.may_name(each) for name in (each.id, *each.files)}
    if not naming.whole:
        gone = [each for each in gone if each.directive in names or each.file in names]
    hidden = naming.hidden() if len(gone) < withdrawn else ()
    if not gone:
        return Outcome(Answer(answered=False, reply=Reply(blocks=hidden)))
    choices = tuple(
        Choice(
            label=shorten(names.get(each.directive) or names.get(each.file) or each.file, _LABEL),
            send=f"/hien #{each.directive}",
        )
        for each in gone[:_MOST]
    )
    rest = texts.ADMIN_MORE_DIRECTIVES.format(count=len(gone) - _MOST) if len(gone) > _MOST else ""
    text = "\n".join(filter(None, (texts.WHICH_TO_RESTORE, rest)))
    return Outcome(Answer(answered=False, reply=Reply(blocks=(Text(text=text), *hidden, Choices(choices=choices)))))


def _hiding(directive: Directive, gone: Sequence[Override]) -> list[Override]:
    return [each for each in gone if directive.id == each.directive or each.file in directive.files]


def _withdrawing(request: Request, directive: Directive) -> Write:
    def write(db: Connection) -> None:
        before = overrides.get(db, directive.id)
        audience = before.audience if before else None
        overrides.save(db, directive.id, file=directive.file, audience=audience, withdrawn=True, now=request.now)
        audit.record(db, actor=request.asker.code, action="directive.withdraw", now=request.now, directive=directive.id)

    return write


def _setting(request: Request, directive: Directive, audience: str) -> Write:
    def write(db: Connection) -> None:
        before = overrides.get(db, directive.id)
        withdrawn = bool(before and before.withdrawn)
        overrides.save(db, directive.id, file=directive.file, audience=audience, withdrawn=withdrawn, now=request.now)
        audit.record(
            db,
            actor=request.asker.code,
            action="directive.audience",
            now=request.now,
            directive=directive.id,
            audience=audience,
        )

    return write


def _restored(request: Request, hiding: Sequence[Override], name: str) -> Outcome:
    def write(db: Connection) -> None:
        for each in hiding:
            now = overrides.get(db, each.directive) or each
            overrides.save(db, each.directive, file=each.file, audience=now.audience, withdrawn=False, now=request.now)
            audit.record(
                db, actor=request.asker.code, action="directive.restore", now=request.now, directive=each.directive
            )

    return told(texts.RESTORED.format(directive=name), writes=(write,))


def _command(name: str, answer: Callable[[Request], Outcome]) -> Command:
    return Command(names=(name,), answer=answer, rank=Rank.ADMINISTRATOR, private=True)


def _is_of(override: Override, directive: Directive) -> bool:
    """By its id, or by its file, which may have been read under another one."""
    return override.directive == directive.id or override.file in directive.files
