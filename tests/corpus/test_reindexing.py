"""One build at a time, told where it was asked for; the children are scripted, and real where a test is slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import texts
from bot.corpus.child import Job, Said
from bot.corpus.reindexing import Reindexing
from bot.errors import ChildFailed, StateBusy
from bot.quality.guarding import Guard
from index import BuildReport, Library, Progress, Share, Skipped, Trial, build_library, load_encoder
from index.progress import Stage
from tests.administration.office import ADMINISTRATOR, Office
from tests.asking.ward import write_corpus
from tests.corpus.fakes import Board, paper

DONE = BuildReport(added=2, changed=1, unchanged=3, removed=0, skipped=(), passages=40, seconds=1.25)
HERE = ("telegram", "chat")
Script = Callable[[Callable[[Progress], None]], object]


class Builds:
    """Stands in the place of the child. Each build waits until it is told what to do."""

    def __init__(self) -> None:
        self.begun = 0
        self.at_once = 0
        self.most_at_once = 0
        self._scripts: asyncio.Queue[object] = asyncio.Queue()
        self._watch: Callable[[Progress], None] = lambda _: None

    async def run_child(self, job: Job, *, watch: Callable[[Progress], None]) -> Said:
        self.begun += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self._watch = watch
        try:
            result = await self._scripts.get()
        finally:
            self.at_once -= 1
        if isinstance(result, Exception):
            raise result
        return Said(report=result)

    def step(self, done: int, total: int = 10, stage: Stage = Stage.READ) -> None:
        self._watch(Progress(stage=stage, done=done, total=total))

    def end(self, result: object = DONE) -> None:
        self._scripts.put_nowait(result)


class Room:
    """``start`` takes a coroutine: the running loop, where None."""

    def __init__(self, start=None, *, waiting=lambda report: ()) -> None:
        self.board = Board()
        self.builds = Builds()
        self.tasks: list[asyncio.Task] = []
        job = Job(task="build", corpus=Path("corpus"), library=Path("kho"))
        self.reindexing = Reindexing(
            job,
            notices=self.board,
            start=start or self._start,
            between=0.005,
            run=self.builds.run_child,
            waiting=waiting,
        )

    def _start(self, build) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(build))

    async def finish(self) -> None:
        for task in self.tasks:  # those that are appended meanwhile too
            await task

    @property
    def told(self) -> list[str]:
        return [text for _, _, text, _ in self.board.told]


async def until(claim: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not claim():
            await asyncio.sleep(0.002)


@pytest.fixture
def room():
    return Room()


# -- one at a time -----------------------------------------------------------------------------------------------------


def test_a_second_build_is_refused_while_one_runs_and_welcome_afterwards(room):
    async def go() -> None:
        assert room.reindexing.begin(*HERE)
        assert not room.reindexing.begin(*HERE)
        with pytest.raises(ChildFailed, match="child") as raised:
            await room.reindexing.build()
        assert raised.value.code == "build_busy"
        room.builds.end()
        await room.finish()
        assert room.reindexing.begin(*HERE)
        room.builds.end()
        await room.finish()

    asyncio.run(go())
    assert (room.builds.begun, room.builds.most_at_once) == (2, 1)


def test_what_comes_while_a_build_runs_gets_one_build_behind_it_told_in_every_chat(room):
    async def go() -> None:
        room.reindexing.begin(*HERE)
        for chat in ("a", "b", "a"):
            room.reindexing.begin_soon("telegram", chat)
        room.builds.end(DONE.model_copy(update={"added": 1}))
        room.builds.end(DONE.model_copy(update={"added": 7}))
        await room.finish()

    asyncio.run(go())
    assert room.builds.begun == 2
    assert [(chat, "thêm 7" in text) for _, chat, text, _ in room.board.told] == [
        ("chat", False),
        ("a", True),
        ("b", True),
    ]


def test_a_build_that_failed_does_not_stand_in_the_way_of_the_next(room):
    async def go() -> None:
        room.reindexing.begin(*HERE)
        room.builds.end(ChildFailed())
        await room.finish()
        room.reindexing.begin_soon(*HERE)
        room.builds.end()
        await room.finish()

    asyncio.run(go())
    assert not room.reindexing.running
    assert "thêm 2" in room.told[-1]


def test_a_build_that_is_cancelled_as_the_program_ends_is_followed_by_none(room):
    async def go() -> None:
        room.reindexing.begin(*HERE)
        await until(lambda: room.builds.begun)
        room.reindexing.begin_soon("telegram", "another")
        room.tasks[0].cancel()
        await asyncio.gather(*room.tasks, return_exceptions=True)

    asyncio.run(go())
    assert (room.reindexing.running, len(room.tasks)) == (False, 1)


def test_what_waits_for_an_administrator_ends_the_report():
    room = Room(waiting=lambda report: [f"{report.added} quan hệ chờ xác nhận"])
    tell(room)
    assert room.told[-1].splitlines()[-1] == "2 quan hệ chờ xác nhận"
    assert room.reindexing.report_lines[-1] == "2 quan hệ chờ xác nhận"


def test_a_report_comes_also_where_what_waits_cannot_be_told():
    def fail(report):
        raise StateBusy(detail="locked")

    room = Room(waiting=fail)
    tell(room)
    assert "thêm 2" in room.told[-1]


def tell(room: Room) -> None:
    async def go() -> None:
        room.reindexing.begin(*HERE)
        room.builds.end()
        await room.finish()

    asyncio.run(go())


# -- what is told ------------------------------------------------------------------------------------------------------


def test_progress_is_one_message_that_is_edited_and_the_report_a_new_one(room):
    async def go() -> None:
        room.reindexing.begin(*HERE)
        await until(lambda: room.builds.begun)
        for done in (1, 5, 10):
            room.builds.step(done)
            await until(lambda done=done: any(f"{done}/10" in text for text in room.told))
        room.builds.end()
        await room.finish()

    asyncio.run(go())
    assert room.board.told == [
        (*HERE, "Đọc văn bản: 1/10 (10 %)", None),
        (*HERE, "Đọc văn bản: 5/10 (50 %)", 101),
        (*HERE, "Đọc văn bản: 10/10 (100 %)", 101),
        (*HERE, texts.REPORT.format(**DONE.model_dump(exclude={"seconds", "skipped"}), seconds="1,2"), None),
    ]


def test_the_same_progress_is_not_told_twice(room):
    async def go() -> None:
        room.reindexing.begin(*HERE)
        await until(lambda: room.builds.begun)
        room.builds.step(1)
        await until(lambda: room.told)
        room.builds.step(1)
        await asyncio.sleep(0.05)
        room.builds.end()
        await room.finish()

    asyncio.run(go())
    assert len(room.told) == 2


def test_where_nothing_can_be_edited_a_short_message_comes_now_and_then(room):
    async def go() -> None:
        room.reindexing.begin("zalo", "chat")
        await until(lambda: room.builds.begun)
        steps = iter(range(1, 1_000_000))
        await until(lambda: room.builds.step(next(steps)) or room.told)
        room.builds.end()
        await room.finish()

    asyncio.run(go())
    assert [replaces for *_, replaces in room.board.told] == [None, None]
    assert room.told[0].startswith("Đọc văn bản: ")
    assert room.told[1].startswith("Đã lập chỉ mục")


def test_the_report_names_what_was_left_out_and_why(room):
    skipped = Skipped(path="a.md", reason="classified", facts={"path": "a.md", "mark": "MẬT"}, message="")

    async def go() -> None:
        room.reindexing.begin(*HERE)
        room.builds.end(DONE.model_copy(update={"skipped": (skipped,)}))
        await room.finish()

    asyncio.run(go())
    assert room.told[-1].endswith("Bỏ qua 1 tệp:\n- a.md: " + texts.ERRORS["classified"].format(mark="MẬT"))


def test_a_long_list_of_what_was_left_out_is_cut_and_the_rest_counted(room):
    skipped = tuple(
        Skipped(path=f"{count}.md", reason="empty", facts={"path": f"{count}.md"}, message="") for count in range(60)
    )

    async def go() -> None:
        room.reindexing.begin(*HERE)
        room.builds.end(DONE.model_copy(update={"skipped": skipped}))
        await room.finish()

    asyncio.run(go())
    lines = room.told[-1].splitlines()
    assert "Bỏ qua 60 tệp:" in lines
    assert sum(line.startswith("- ") for line in lines) == 39
    assert lines[-1] == texts.REINDEX_SKIPPED_REST.format(count=21)


def test_a_failure_is_told_in_words_and_kept_for_the_status(room):
    async def go() -> None:
        room.reindexing.begin(*HERE)
        room.builds.end(ChildFailed("corpus_missing", {"folder": "/data"}))
        await room.finish()

    asyncio.run(go())
    reason = texts.ERRORS["corpus_missing"].format(folder="/data")
    assert room.told == [texts.REINDEX_FAILED.format(reason=reason)]
    assert room.reindexing.last == room.told[0]


def test_a_database_out_of_reach_stops_no_build(room):
    async def go() -> None:
        room.board.fails = lambda: StateBusy(detail="locked")
        room.reindexing.begin(*HERE)
        await until(lambda: room.builds.begun)
        room.builds.step(1)
        await asyncio.sleep(0.03)
        room.board.fails = lambda: None
        room.builds.end()
        await room.finish()

    asyncio.run(go())
    assert len(room.told) == 1
    assert not room.reindexing.running


# -- /reindex ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def begun() -> list[object]:
    """The builds that were started, of which none goes on."""
    return []


@pytest.fixture
def office(database, begun):
    room = Room(start=lambda build: (begun.append(build), build.close()))
    office = Office(database, [room.reindexing.department()])
    office.add(ADMINISTRATOR, "administrator")
    return office


def test_the_command_starts_a_build_and_says_that_the_old_library_answers_meanwhile(office, begun):
    assert office.send(ADMINISTRATOR, "/reindex") == texts.REINDEX_STARTED
    assert len(begun) == 1
    assert [(entry.actor, entry.action) for entry in office.audited()] == [(ADMINISTRATOR, "corpus.reindex")]


def test_a_second_command_is_refused_politely_and_starts_nothing(office, begun):
    office.send(ADMINISTRATOR, "/reindex")
    assert office.send(ADMINISTRATOR, "/reindex") == texts.REINDEX_RUNNING
    assert len(begun) == len(office.audited()) == 1


@pytest.mark.parametrize("stumble", ["batch", "crash"])
def test_a_command_that_is_answered_again_starts_one_build(office, begun, stumble):
    assert office.send(ADMINISTRATOR, "/reindex", stumble=stumble) == texts.REINDEX_STARTED
    assert len(begun) == len(office.audited()) == 1


@pytest.mark.parametrize(("command", "accepts"), [("/reindex", False), ("/reindex dùng", True), ("/reindex x", False)])
def test_an_administrator_may_accept_a_library_that_answers_worse_in_one_build(database, tmp_path, command, accepts):
    jobs, started = [], []

    async def run(job: Job, *, watch: object) -> Said:
        jobs.append(job)
        return Said(report=DONE)

    guard = Guard(folder=tmp_path, margin=0.1, timezone="Asia/Ho_Chi_Minh", at_once=True)
    job = Job(task="build", corpus=tmp_path, library=tmp_path, guard=guard)
    reindexing = Reindexing(job, notices=Board(), start=started.append, run=run)
    office = Office(database, [reindexing.department()])
    office.add(ADMINISTRATOR, "administrator")
    office.send(ADMINISTRATOR, command)
    asyncio.run(started.pop())
    reindexing.begin(*HERE)
    asyncio.run(started.pop())
    assert [each.guard.margin for each in jobs] == [1 if accepts else 0.1, 0.1]


def test_a_report_says_in_chat_why_the_library_before_goes_on(room):
    share = Share(measure="words@1", before=0.9, now=0.7, fell=True)
    trial = Trial(asked=10, shares=(share,), questions=("Họp ngày nào?",), kept=True)

    async def go() -> None:
        room.reindexing.begin(*HERE)
        room.builds.end(DONE.model_copy(update={"trial": trial}))
        await room.finish()

    asyncio.run(go())
    for told in (room.told[-1], "\n".join(room.reindexing.report_lines)):
        assert "CHƯA dùng kho mới" in told
        assert "90,0 % → 70,0 % (giảm quá mức)" in told
        assert "- Họp ngày nào?" in told


# -- the real thing ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_old_library_answers_while_the_new_one_is_built_and_the_new_one_afterwards(tmp_path):
    write_corpus(tmp_path / "corpus")
    build_library(tmp_path / "corpus", tmp_path / "library", encoder=load_encoder())
    library = Library.open(tmp_path / "library")
    (tmp_path / "corpus" / "new.md").write_bytes(paper())
    (tmp_path / "corpus" / "torn.docx").write_bytes(b"PK torn")
    board, seen = Board(), []

    class Watching(Board):
        def tell(self, channel, chat, reply, *, replaces=None):
            seen.append(len(library.list()))
            return board.tell(channel, chat, reply, replaces=replaces)

    async def go() -> None:
        job = Job(task="build", corpus=tmp_path / "corpus", library=tmp_path / "library", encoder="built-in")
        tasks = []
        reindexing = Reindexing(
            job,
            notices=Watching(),
            start=lambda build: tasks.append(asyncio.get_running_loop().create_task(build)),
            between=0.001,
        )
        reindexing.begin(*HERE)
        assert len(library.list()) == 5
        for task in tasks:
            await task

    asyncio.run(go())
    assert (seen[0], seen[-1]) == (5, 6)
    report = board.told[-1][2]
    assert "thêm 1, đổi 0, giữ nguyên 5" in report
    assert f"- torn.docx: {texts.ERRORS['damaged']}" in report
