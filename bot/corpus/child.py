"""Work that must not slow the answers down, nor take the bot down with it, runs in a process of its own.

Parent and child speak JSON lines: a `Job` in, then `Said` lines out, of which the last holds the result or the error.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import os
import resource
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, TextIO

from bot.errors import ChildFailed
from bot.messages import Frozen
from bot.quality.guarding import Guard
from index import BuildReport, Directive, LibraryError, Progress, Reading

logger = logging.getLogger(__name__)

_LINE_LIMIT: Final = 16 * 2**20
_MEMORY: Final = 2**30
"""Bytes of address space for reading one file: an honest one takes less than a tenth."""
_BY_OFFICE: Final = (".doc", ".rtf")
_OFFICE_MEMORY: Final = 4 * 2**30
_OFFICE_FILES: Final = 2**28
"""Bytes: LibreOffice writes its profile, a copy of the paper, and what it makes of it."""
_BOUND: Final = 2**28
_POLITENESS: Final = 5
"""Added to the niceness, so that answers go first."""
_GOODBYE: Final = 10.0
"""Seconds for a child that has said everything to end by itself."""
_SECRETS: Final = "BOT_"


class Job(Frozen):
    """``build``: make the library of ``corpus`` in ``library``, tried by ``guard``. ``read``: read the one ``file``
    below ``corpus``, in so many ``seconds`` and so much ``memory`` (bytes). ``picture``: draw ``page`` of this file,
    ``width`` pixels wide. ``bind``: the pictures ``files`` below ``corpus`` into the PDF ``file`` beside them.
    """

    task: Literal["build", "read", "picture", "bind"]
    corpus: Path
    library: Path | None = None
    encoder: str = ""
    guard: Guard | None = None
    file: str = ""
    files: tuple[str, ...] = ()
    seconds: int | None = None
    memory: int = _MEMORY
    page: int = 1
    width: int = 0

    def accepting(self) -> Job:
        """The same, whose library is to answer however it does on the questions of the guard."""
        return self.model_copy(update={"guard": self.guard.accepting() if self.guard else None})


class Said(Frozen):
    """One line of the child: how far it is, what came out, or why nothing did. ``others``: directives that stand in the
    same file. ``unread``, ``weak``: pages of it that could not be read, or hardly. ``picture``: a PNG in base64.
    """

    progress: Progress | None = None
    report: BuildReport | None = None
    directive: Directive | None = None
    others: tuple[Directive, ...] = ()
    unread: tuple[int, ...] = ()
    weak: tuple[int, ...] = ()
    picture: str | None = None
    error: str | None = None
    facts: Mapping[str, str] = {}


async def run_child(job: Job, *, watch: Callable[[Progress], None] = lambda _: None) -> Said:
    """The last line of the child. Raises ChildFailed with the child's error, or ``child_stopped`` where it ended
    without one: killed, out of memory, or out of ``job.seconds``. Cancelling kills the child.
    """
    try:
        last = await _run(job, watch)
    except (TimeoutError, ValueError, OSError):  # too slow, a line that is none of ours, no memory for a process
        last = None
    if last is None:
        logger.warning("the child that was to %s %s was stopped", job.task, job.file or job.corpus)
        raise ChildFailed(facts={"path": job.file} if job.file else {})
    if last.error:
        raise ChildFailed(last.error, last.facts)
    return last


async def _run(job: Job, watch: Callable[[Progress], None]) -> Said | None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL if job.task == "read" else None,  # a traceback may quote a classified paper
        limit=_LINE_LIMIT,
        env=_environment(),
        start_new_session=True,  # a Ctrl-C in the terminal is for the parent, which ends the child
    )
    try:
        async with asyncio.timeout(job.seconds):
            return await _listen(child, job, watch)
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()


def _environment() -> dict[str, str]:
    """Without our settings, of which some are secret; the child finds this very code."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_SECRETS)}
    home = str(Path(__file__).resolve().parents[2])
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (home, kept.get("PYTHONPATH"))))}


async def _listen(child: asyncio.subprocess.Process, job: Job, watch: Callable[[Progress], None]) -> Said | None:
    assert child.stdin is not None  # both are pipes
    assert child.stdout is not None
    child.stdin.write(job.model_dump_json().encode() + b"\n")
    with contextlib.suppress(ConnectionError):
        await child.stdin.drain()
    child.stdin.close()
    last = None
    async for line in child.stdout:
        last = Said.model_validate_json(line)
        if last.progress:
            watch(last.progress)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(child.wait(), _GOODBYE)
    return last if last and not last.progress else None


def main() -> None:
    """The child."""
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    out = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no line of ours
    _be_modest()
    try:
        match job.task:
            case "build":
                said = _build(job, lambda said: _say(said, out))
            case "read":
                said = _read(job)
            case "picture":
                said = _draw(job)
            case "bind":
                said = _bind(job)
    except LibraryError as error:
        said = Said(error=error.code, facts=error.facts)
    except MemoryError:
        said = Said(error=ChildFailed.code, facts={"path": job.file} if job.file else {})
    _say(said, out)


def _be_modest() -> None:
    """Behind the answers, first to go when the machine runs out of memory, and no paper in a core file."""
    os.nice(_POLITENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _say(said: Said, out: TextIO) -> None:
    print(said.model_dump_json(exclude_unset=True), file=out, flush=True)


def _build(job: Job, say: Callable[[Said], None]) -> Said:
    from index import build_library, load_encoder

    assert job.library is not None
    report = build_library(
        job.corpus,
        job.library,
        encoder=load_encoder(job.encoder),
        progress=lambda step: say(Said(progress=step)),
        check=job.guard.check() if job.guard else None,
    )
    return Said(report=report)


def _read(job: Job) -> Said:
    from index import find_tools, read_directives

    tools = find_tools()
    by_office = Path(job.file).suffix.lower() in _BY_OFFICE
    _keep_within(job, memory=_OFFICE_MEMORY if by_office else job.memory, written=_OFFICE_FILES if by_office else 0)
    return said_of(read_directives(job.corpus / job.file, name=job.file, tools=tools))


def said_of(readings: Sequence[Reading]) -> Said:
    """Of one file; the first is the one that its sidecar speaks of."""
    first, *others = readings
    return Said(
        directive=first.directive,
        others=tuple(each.directive for each in others),
        unread=_pages(page for each in readings for page in each.printed.unread),
        weak=_pages(scan.page for each in readings for scan in each.printed.scans if scan.weak),
    )


def _pages(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(found)))


def _draw(job: Job) -> Said:
    from index import page_picture

    _keep_within(job)
    picture = page_picture(job.corpus / job.file, job.page, width=job.width)
    return Said(picture=None if picture is None else base64.b64encode(picture).decode())


def _bind(job: Job) -> Said:
    from index import bind_pictures

    _keep_within(job, written=_BOUND)
    bound = bind_pictures([job.corpus / name for name in job.files])
    draft = job.corpus / f".{job.file}.part"
    draft.write_bytes(bound)
    draft.replace(job.corpus / job.file)
    return Said()


def _keep_within(job: Job, *, memory: int | None = None, written: int = 0) -> None:
    """Bytes of address space, and of any file that is written; the programs that are called keep to the same."""
    _limit(resource.RLIMIT_AS, memory or job.memory)
    _limit(resource.RLIMIT_FSIZE, written)
    if job.seconds:
        _limit(resource.RLIMIT_CPU, job.seconds)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
