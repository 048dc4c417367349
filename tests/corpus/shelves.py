"""A small office that looks after its own corpus: real files, a real library, builds and readings in this process."""

from __future__ import annotations

import asyncio
import atexit
import base64
import shutil
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.channels.web.corpus_desk import Arrival, Correcting, Saved, Understood
from bot.channels.web.desk import Visitor
from bot.corpus.child import Job, Said, said_of
from bot.corpus.correcting import Correcting as Corrector
from bot.corpus.desk import AdministratorsDesk
from bot.corpus.receiving import Receiving
from bot.corpus.reindexing import Reindexing
from bot.corpus.shelf import Shelf
from bot.corpus.staging import Staging
from bot.errors import ChildFailed
from bot.state import accounts, members
from bot.state.database import Database
from bot.state.members import Role
from bot.validity.register import Register
from index import (
    Library,
    LibraryError,
    bind_pictures,
    build_library,
    find_tools,
    load_encoder,
    page_picture,
    read_directives,
)
from tests.corpus.fakes import Board, paper
from tests.reading.pdf_fixture import pdf_of

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ADMIN = Visitor(account="web:2", chat="w2", name="Trần Văn Quản", is_admin=True)
TEXT, PAGED = "chi-thi.txt", "ke-hoach.pdf"

PAGES = (
    (
        "ĐẢNG ỦY PHƯỜNG BÌNH AN",
        "Số 12-KH/ĐU",
        "Bình An, ngày 07 tháng 02 năm 2026",
        "KẾ HOẠCH",
        "trồng cây đầu xuân",
        "-----",
        "1. Mỗi khu phố trồng mười cây bóng mát ở vỉa hè.",
    ),
    ("2. Khu phố báo cáo kết quả trước ngày 20 tháng 3.", "3. Văn phòng theo dõi việc thực hiện.", "Nơi nhận:"),
)


async def in_process(job: Job, *, watch: Callable[..., None] = lambda _: None) -> Said:
    """What the child of a build, of a reading, of a picture and of a binding does, without the child."""
    try:
        match job.task:
            case "read":
                return said_of(read_directives(job.corpus / job.file, name=job.file, tools=find_tools()))
            case "bind":
                (job.corpus / job.file).write_bytes(bind_pictures([job.corpus / name for name in job.files]))
                return Said()
            case "picture":
                drawn = page_picture(job.corpus / job.file, job.page, width=job.width)
                return Said(picture=base64.b64encode(drawn).decode() if drawn else None)
        assert job.library is not None
        return Said(report=build_library(job.corpus, job.library, encoder=load_encoder(), progress=watch))
    except LibraryError as error:
        raise ChildFailed(error.code, error.facts) from error


@contextmanager
def office_in(folder: Path, migrated_sqlite: Path) -> Iterator[Office]:
    """With a database and an event loop of its own."""
    folder.mkdir()
    shutil.copyfile(migrated_sqlite, folder / "state.sqlite3")
    database, loop = Database.open(f"sqlite:///{folder / 'state.sqlite3'}"), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        office = Office(folder, database, lambda work: asyncio.run_coroutine_threadsafe(work, loop).result())
        yield office
        office.settle()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        database.close()


@cache
def _built() -> Path:
    """Once for all tests of a process, to be copied."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    (folder / "corpus").mkdir()
    (folder / "corpus" / TEXT).write_bytes(paper())
    (folder / "corpus" / PAGED).write_bytes(pdf_of(PAGES))
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return folder


class Office:
    """``wait``: runs a coroutine on a loop of another thread."""

    def __init__(
        self, folder: Path, database: Database, wait: Callable[[Coroutine[Any, Any, Any]], Any], *, closed: str = ""
    ) -> None:
        self.corpus, self.library_folder = folder / "corpus", folder / "library"
        shutil.copytree(_built() / "corpus", self.corpus)
        shutil.copytree(_built() / "library", self.library_folder)
        self.library, self.database, self.replaced = Library.open(self.library_folder), database, folder / "replaced"
        self.board = Board(editing=frozenset({"web"}))
        self.tasks: list[asyncio.Task[None]] = []
        job = Job(task="build", corpus=self.corpus, library=self.library_folder)
        self.reindexing = Reindexing(job, notices=self.board, start=self._start, between=0.01, run=in_process)
        self._wait = wait
        self.staging = Staging(folder / "staged", corpus=self.corpus, replaced=self.replaced)
        self.register = Register(self.library, database, zone=ZoneInfo("UTC"), at_once=True, clock=lambda: NOW)
        self.closed = closed
        self.desk = self._desk(folder)
        with database.transaction() as db:
            member = members.add(
                db, code="QT-1", name="Trần Văn Quản", cell="Văn phòng", role=Role.ADMINISTRATOR, now=NOW
            )
            accounts.link(db, member=member.id, channel="web", account=ADMIN.account, chat=ADMIN.chat, now=NOW)

    def _desk(self, folder: Path) -> AdministratorsDesk:
        cells = lambda: {"Văn phòng", "Khu phố 3"}  # noqa: E731
        shelf = Shelf(
            self.library,
            self.database,
            corpus=self.corpus,
            validity=self.register.now,
            report=self.library.report,
            zone=ZoneInfo("UTC"),
            closed=self.closed,
        )
        return AdministratorsDesk(
            self.library,
            self.database,
            corpus=self.corpus,
            shelf=shelf,
            correcting=Corrector(
                self.staging,
                self.database,
                cells=cells,
                aside=folder,
                read=lambda job: self._wait(in_process(job)),
                closed=self.closed,
            ),
            receiving=Receiving(
                self.staging,
                self.library,
                self.database,
                wait=self._wait,
                limit=2**20,
                cells=cells,
                override_of=shelf.override_of,
                read=in_process,
                closed=self.closed,
            ),
            reindexing=self.reindexing,
            register=self.register,
            wait=self._wait,
            clock=lambda: NOW,
            closed=self.closed,
            draw=in_process,
        )

    def _start(self, work: Coroutine[Any, Any, None]) -> object:
        async def begin() -> None:
            self.tasks.append(asyncio.create_task(work))

        self._wait(begin())
        return None

    def put(self, name: str, data: bytes) -> Path:
        path = self.corpus / name
        path.write_bytes(data)
        return path

    def sidecar(self, name: str) -> str:
        path = self.corpus / f"{name}.yaml"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def id_of(self, file: str) -> str:
        return next(each.id for each in self.library.list() if each.file == file)

    def settle(self) -> None:
        """Until every build that was begun has ended, and was told of."""

        async def ended() -> None:
            while unfinished := [task for task in self.tasks if not task.done()]:
                await asyncio.gather(*unfinished)

        self._wait(ended())

    def understood(self, file: str, *, page: int = 1) -> Understood:
        read = self.desk.understood(self.id_of(file), page=page)
        assert read is not None
        return read

    def correct(self, file: str, **given: Any) -> Saved:
        """With what stands in the form, but for what is given."""
        form = self.understood(file).form
        corrections = given.pop("corrections", form.corrections)
        mark = given.pop("mark", form.mark)
        values = {**form.values, "draft": form.draft, **given}
        saved = self.desk.correct(
            ADMIN, self.id_of(file), Correcting(values=values, corrections=corrections, mark=mark)
        )
        assert saved is not None
        return saved

    def arrive(self, name: str, data: bytes) -> Arrival:
        return self.desk.arrive(ADMIN, name, data)
