"""An office whose administrators send files in the chat, and a corpus of one paper that they come to."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.corpus.child import Job, Said, said_of
from bot.corpus.overriding import override_for
from bot.corpus.reindexing import Reindexing
from bot.corpus.staging import Staging
from bot.corpus.uploading import Uploading
from bot.errors import ChildFailed
from bot.messages import Attachment
from bot.state import overrides
from index import Library, LibraryError, read_directives
from tests.administration.office import ADMINISTRATOR, NOW, Office
from tests.corpus.fakes import Board


async def read_here(job: Job) -> Said:
    try:
        return said_of(read_directives(job.corpus / job.file, name=job.file))
    except LibraryError as error:
        raise ChildFailed(error.code, error.facts) from error


def not_at_all(build) -> None:
    build.close()


class Desk:
    """An office that takes files; ``platform`` holds their bytes."""

    def __init__(
        self, database, folder: Path, wait, loop, *, corpus: Path | None = None, read=read_here, build=None
    ) -> None:
        self.corpus, self.folder = corpus or folder / "corpus", folder
        self.corpus.mkdir(exist_ok=True)
        self.platform: dict[str, bytes | Exception] = {}
        self.fetched: list[str] = []
        self.board = Board()
        self.library_folder = folder / "library"
        job = Job(task="build", corpus=self.corpus, library=self.library_folder, encoder="built-in")
        self.builds: list[asyncio.Future] = []
        self.reindexing = Reindexing(job, notices=self.board, start=build or self._start(loop))
        self.library = Library.open(self.library_folder) if corpus is None else None
        staging = Staging(folder / "staged", corpus=self.corpus, replaced=folder / "replaced")
        self.uploading = Uploading(
            staging,
            self.library,
            fetch=self._fetch,
            wait=wait,
            limit=2**20,
            reindexing=self.reindexing,
            cells=lambda: ("Chi bộ Khu phố 1",),
            override_of=self._override_of,
            read=read,
        )
        self.database = database
        self.office = Office(database, [self.uploading.department(), self.reindexing.department()])
        for code, role in ((ADMINISTRATOR, "administrator"), ("DV-1", "member")):
            self.office.link(self.office.add(code, role))

    def _start(self, loop):
        return lambda build: self.builds.append(asyncio.run_coroutine_threadsafe(build, loop))

    async def _fetch(self, channel: str, attachment: Attachment, limit: int) -> bytes:
        self.fetched.append(attachment.name)
        found = self.platform[attachment.reference]
        if isinstance(found, Exception):
            raise found
        return found

    def _override_of(self, directive):
        with self.database.reading() as db:
            return override_for(overrides.everything(db), directive.id, files={directive.file})

    def override(self, directive: str, *, file: str, audience: str | None = None, withdrawn: bool = False) -> None:
        with self.database.transaction() as db:
            overrides.save(db, directive, file=file, audience=audience, withdrawn=withdrawn, now=NOW)

    def overrides(self) -> list[tuple[str, str, str | None, bool]]:
        with self.database.reading() as db:
            found = overrides.everything(db)
        return [(each.directive, each.file, each.audience, each.withdrawn) for each in found]

    def upload(self, name: str, data: bytes | Exception, *, code: str = ADMINISTRATOR, text: str = "") -> str:
        self.platform[name] = data
        return self.office.send(code, text, attachment=Attachment(kind="file", name=name, reference=name))

    def say(self, text: str, **more) -> str:
        return self.office.send(ADMINISTRATOR, text, **more)

    def press(self, label: str, **more) -> str:
        return self.office.press(ADMINISTRATOR, label, **more)

    def finish(self) -> None:
        for build in self.builds:
            build.result(60)

    @property
    def files(self) -> set[str]:
        return {path.name for path in self.corpus.glob("*")} - {"old.md", "old.md.yaml"}

    @property
    def staged(self) -> list[str]:
        return [path.name for path in (self.folder / "staged").glob("*/*")]

    def audited(self, action: str) -> list[dict[str, str]]:
        return [{"actor": each.actor, **each.facts} for each in self.office.audited() if each.action == action]
