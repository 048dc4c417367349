"""Every department of the bot, put together into one router."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from bot import texts
from bot.administration.announcing import Announcing
from bot.administration.audience import AudienceAdministration
from bot.administration.groups import GroupAdministration
from bot.administration.members import MemberAdministration
from bot.administration.status import Status
from bot.asking.feedback import Feedback
from bot.asking.listing import Listing
from bot.asking.more import More
from bot.asking.office import Office
from bot.asking.originals import Originals
from bot.asking.service import Asking
from bot.asking.sight import Sight
from bot.channels.base import Capabilities
from bot.clock import now_utc
from bot.corpus.child import Job
from bot.corpus.overriding import override_for
from bot.corpus.reindexing import Reindexing
from bot.corpus.staging import Staging
from bot.corpus.uploading import Uploading
from bot.department import Department
from bot.digest.claiming import Claiming
from bot.digest.duties.deciding import waiting_duties
from bot.digest.duties.room import DutyRoom
from bot.digest.edition import Author, Newsroom
from bot.digest.rooms import digest_rooms
from bot.digest.timetable import Timetable
from bot.gate import Gate
from bot.messages import Attachment
from bot.notices import Notices
from bot.people.access import Ceiling
from bot.people.joining import Joining
from bot.people.keys import Keys
from bot.people.limits import RateLimit
from bot.people.linking import Linking
from bot.quality.guarding import guard_of
from bot.router import Router
from bot.state import members, overrides
from bot.state.overrides import Override
from bot.validity.inquiry import Inquiry
from bot.validity.missing import MissingPapers
from bot.validity.naming import naming_of
from bot.validity.proposals import Proposals
from bot.validity.register import Register
from bot.validity.waiting import waiting_lines
from bot.writing.switch import WritingSwitch, composing_of, endpoint_from

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.state.database import Database
    from index import Directive, Library

_STAGED: Final = "staged"
_REPLACED: Final = "replaced"


@dataclass(frozen=True)
class Loop:
    """How threads that answer reach the event loop: ``start`` a coroutine, ``wait`` for one, ``fetch`` an attachment
    of a channel of at most so many bytes.
    """

    start: Callable[[Coroutine[Any, Any, None]], object]
    wait: Callable[[Coroutine[Any, Any, Any]], Any]
    fetch: Callable[[str, Attachment, int], Coroutine[Any, Any, bytes]]


class Room(Protocol):
    def department(self) -> Department: ...


@dataclass(frozen=True)
class Assembly:
    router: Router
    originals: Originals
    reindexing: Reindexing
    staging: Staging
    sight: Sight
    register: Register
    timetable: Timetable
    claiming: Claiming


def assemble(
    settings: Settings,
    library: Library,
    database: Database,
    *,
    keys: Keys,
    notices: Notices,
    loop: Loop,
    capabilities: Mapping[str, Capabilities],
    telegram_name: Callable[[], str | None],
) -> Assembly:
    """``capabilities``: of the channels that are set up, by name."""
    register = Register(library, database, zone=settings.zone, at_once=settings.relations_at_once)
    ceilings = _ceilings(settings)
    asking = _asking(settings, library, database, keys=keys, register=register)
    originals = _originals(settings, database, asking.sight, keys=keys, capabilities=capabilities)
    reindexing = _reindexing(settings, library, database, register=register, notices=notices, loop=loop)
    staging = _staging(settings)
    author = author_of(settings, library, database, register=register, capabilities=capabilities)
    claiming = claiming_of(settings, database, author, capabilities=capabilities)
    administration: list[Room] = [
        reindexing,
        _uploading(settings, library, database, staging=staging, reindexing=reindexing, loop=loop),
        AudienceAdministration(library, database, ceilings=ceilings, public_url=settings.public_url),
        GroupAdministration(database, ceilings=ceilings),
        MemberAdministration(database, keys, days=settings.invitation_days, zone=settings.zone, telegram=telegram_name),
        Announcing(database),
        WritingSwitch(database, endpoint_from(settings)),
        *_rooms_of_validity(settings, library, database, register=register, sight=asking.sight),
        *digest_rooms(settings, database, asking.sight, claiming),
        _status(settings, library, database, channels=tuple(capabilities), reindexing=reindexing, register=register),
    ]
    rooms = [*_rooms_of_members(settings, library, database, keys=keys, asking=asking), originals, *administration]
    gate = Gate(Linking(database, keys), public_answers=settings.public_answers)
    router = Router(asking.ask, [room.department() for room in rooms], gate=gate.stop, public_url=settings.public_url)
    return Assembly(
        router=router,
        originals=originals,
        reindexing=reindexing,
        staging=staging,
        sight=asking.sight,
        register=register,
        timetable=timetable_of(settings),
        claiming=claiming,
    )


def _asking(settings: Settings, library: Library, database: Database, *, keys: Keys, register: Register) -> Asking:
    return Asking(
        library,
        database,
        keys=keys,
        ceilings=_ceilings(settings),
        public_url=settings.public_url,
        public_answers=settings.public_answers,
        limit=RateLimit(settings.questions_per_minute),
        validity=register.now,
        composing=composing_of(settings, database),
    )


def timetable_of(settings: Settings) -> Timetable:
    return Timetable(planned=settings.schedule, quiet=settings.quiet, zone=settings.zone)


def author_of(
    settings: Settings,
    library: Library,
    database: Database,
    *,
    register: Register,
    capabilities: Mapping[str, Capabilities],
) -> Author:
    newsroom = Newsroom(
        library,
        database,
        known=register.known,
        ceilings=_ceilings(settings),
        capabilities=capabilities,
        public_url=settings.public_url,
        zone=settings.zone,
    )
    return newsroom.edition


def claiming_of(
    settings: Settings, database: Database, author: Author, *, capabilities: Mapping[str, Capabilities]
) -> Claiming:
    return Claiming(
        database,
        author,
        timetable_of(settings),
        capabilities=capabilities,
        quiet_week=settings.digest_quiet_week,
        clock=now_utc,
    )


def _reindexing(
    settings: Settings, library: Library, database: Database, *, register: Register, notices: Notices, loop: Loop
) -> Reindexing:
    return Reindexing(
        build_job(settings),
        notices=notices,
        start=loop.start,
        waiting=lambda report: [
            *waiting_lines(register.known(), report),
            *waiting_duties(library, database, register),
        ],
    )


def _originals(
    settings: Settings, database: Database, sight: Sight, *, keys: Keys, capabilities: Mapping[str, Capabilities]
) -> Originals:
    return Originals(
        database,
        sight,
        keys=keys,
        corpus_dir=settings.corpus_dir,
        public_url=settings.public_url,
        file_channels=[name for name, able in capabilities.items() if able.files],
    )


def _ceilings(settings: Settings) -> dict[str, Ceiling]:
    return {"telegram": settings.telegram_audience, "zalo": settings.zalo_audience}


def _rooms_of_members(
    settings: Settings, library: Library, database: Database, *, keys: Keys, asking: Asking
) -> list[Room]:
    joining = Joining(
        database=database,
        keys=keys,
        organization=settings.organization,
        days=settings.question_log_days,
        zone=settings.zone,
        starters=asking.starters,
        public_answers=settings.public_answers,
        public_url=settings.public_url,
    )
    return [
        joining,
        asking,
        Listing(library, asking),
        More(library, asking.sight, public_url=settings.public_url),
        Feedback(database, keys=keys),
        Office(library, database, keys=keys, sight=asking.sight, public_url=settings.public_url),
    ]


def _rooms_of_validity(
    settings: Settings, library: Library, database: Database, *, register: Register, sight: Sight
) -> list[Room]:
    url = settings.public_url
    naming = naming_of(library, database, ceilings=_ceilings(settings), public_url=url)
    return [
        Inquiry(library, register, sight, public_url=url),
        Proposals(library, register, naming=naming),
        MissingPapers(register, naming=naming),
        DutyRoom(library, database, register, naming=naming),
    ]


def _status(
    settings: Settings,
    library: Library,
    database: Database,
    *,
    channels: Sequence[str],
    reindexing: Reindexing,
    register: Register,
) -> Status:
    return Status(
        library,
        database,
        channels=channels,
        lease=lease_of,
        last_build=lambda: reindexing.last,
        waiting=lambda: [
            *waiting_lines(register.known(), library.report()),
            *waiting_duties(library, database, register),
        ],
        folders={
            texts.STATUS_STATE: settings.state_dir,
            texts.STATUS_CORPUS: settings.corpus_dir,
            texts.STATUS_INDEX: settings.library_dir,
        },
        zone=settings.zone,
    )


def build_job(settings: Settings) -> Job:
    return Job(
        task="build",
        corpus=settings.corpus_dir,
        library=settings.library_dir,
        encoder=settings.encoder,
        guard=guard_of(settings),
    )


def _staging(settings: Settings) -> Staging:
    state = settings.state_dir
    return Staging(state / _STAGED, corpus=settings.corpus_dir, replaced=state / _REPLACED, zone=settings.zone)


def lease_of(channel: str) -> str:
    return f"channel:{channel}"


def _uploading(
    settings: Settings,
    library: Library,
    database: Database,
    *,
    staging: Staging,
    reindexing: Reindexing,
    loop: Loop,
) -> Uploading:
    def cells() -> set[str]:
        with database.reading() as db:
            return set(members.cells(db))

    def override_of(directive: Directive) -> Override | None:
        with database.reading() as db:
            return override_for(overrides.everything(db), directive.id, files=directive.files)

    return Uploading(
        staging,
        library,
        fetch=loop.fetch,
        wait=loop.wait,
        limit=settings.upload_limit,
        reindexing=reindexing,
        cells=cells,
        override_of=override_of,
    )
