"""The child process itself: it really reads and builds, and nothing that happens to it harms the parent."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.corpus.child import Job, run_child, said_of
from bot.errors import ChildFailed
from index import Directive, DirectiveId, Library, Printed, Reading, Scan
from index.progress import Stage
from tests.asking.ward import write_corpus
from tests.conftest import CORPUS
from tests.corpus.fakes import paper, zip_bomb
from tests.reading.pdf_fixture import pdf_of

pytestmark = pytest.mark.slow
SAMPLE = CORPUS / "nq-12-du-nhiem-vu-2026.docx"
MEGABYTE = 2**20


def reading(folder: Path, name: str, data: bytes, **limits: int) -> Job:
    (folder / name).write_bytes(data)
    return Job(task="read", corpus=folder, file=name, **{"seconds": 60, **limits})


def failure(job: Job) -> ChildFailed:
    with pytest.raises(ChildFailed) as raised:
        asyncio.run(run_child(job))
    return raised.value


def children() -> list[int]:
    """Of this process, without those that have ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
        except OSError:  # it has just gone
            continue
        if int(parent) == os.getpid() and state != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def test_it_reads_a_file_with_its_sidecar(tmp_path):
    (tmp_path / "x.md.yaml").write_text("audience: committee\n")
    read = asyncio.run(run_child(reading(tmp_path, "x.md", paper()))).directive
    assert (read.number, str(read.date), read.audience) == ("31-CT/ĐU", "2026-02-05", "committee")


def test_it_builds_and_tells_how_far_it_is(tmp_path):
    write_corpus(tmp_path / "corpus")
    stages = []
    job = Job(task="build", corpus=tmp_path / "corpus", library=tmp_path / "library", encoder="built-in")
    said = asyncio.run(run_child(job, watch=lambda step: stages.append(step.stage)))
    assert said.report.added == len(Library.open(tmp_path / "library").list()) == 5
    assert list(dict.fromkeys(stages)) == [Stage.READ, Stage.EMBED, Stage.WRITE]


def test_an_error_of_the_library_comes_with_its_code_and_its_facts(tmp_path):
    error = failure(Job(task="build", corpus=tmp_path / "none", library=tmp_path / "library", encoder="built-in"))
    assert (error.code, error.facts) == ("corpus_missing", {"folder": str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.docx", b"%PDF-1.7 ...", "mislabelled"),
        ("x.docx", b"PK\x03\x04 torn", "damaged"),
        ("x.exe", b"MZ", "unknown_suffix"),
        ("x.md", b"  \n", "empty"),
        ("x.md", paper(mark="MẬT"), "classified"),
        ("x-mật.md", paper(), "classified"),
        ("x.md", b"\xff\xfe\x00\xd8 \x00", "damaged"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_with_its_reason(tmp_path, name, data, code):
    assert failure(reading(tmp_path, name, data)).code == code


def test_an_encrypted_pdf_is_refused(tmp_path):
    assert failure(reading(tmp_path, "x.pdf", pdf_of([["Chỉ thị"]], locked=True))).code == "password"


def test_a_zip_bomb_is_refused_and_not_unpacked(tmp_path):
    bomb = zip_bomb(SAMPLE)
    assert len(bomb) < 2 * MEGABYTE
    assert failure(reading(tmp_path, "x.docx", bomb, memory=300 * MEGABYTE, seconds=30)).code == "damaged"


def test_a_file_that_needs_too_much_memory_is_refused(tmp_path, too_many_paragraphs):
    error = failure(reading(tmp_path, "x.docx", too_many_paragraphs, memory=400 * MEGABYTE))
    assert error.code in ("damaged", "child_stopped")


def test_a_child_out_of_time_is_stopped(tmp_path, too_many_paragraphs):
    started = children()
    error = failure(reading(tmp_path, "x.docx", too_many_paragraphs, seconds=1))
    assert (error.code, error.facts) == ("child_stopped", {"path": "x.docx"})
    assert children() == started


def killed(job: Job, number: int) -> ChildFailed:
    """The failure of a child that gets a signal as soon as it is there."""

    async def kill() -> None:
        before = set(children())
        running = asyncio.create_task(run_child(job))
        while not (new := set(children()) - before):
            await asyncio.sleep(0.01)
        os.kill(new.pop(), number)
        await running

    with pytest.raises(ChildFailed) as raised:
        asyncio.run(kill())
    return raised.value


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_child_that_is_killed_is_a_failure_like_any_other(tmp_path, number):
    assert killed(reading(tmp_path, "x.md", paper()), number).code == "child_stopped"


def test_a_build_that_is_killed_leaves_the_old_library(tmp_path, monkeypatch):
    write_corpus(tmp_path / "corpus")
    job = Job(task="build", corpus=tmp_path / "corpus", library=tmp_path / "library", encoder="built-in")
    asyncio.run(run_child(job))
    (tmp_path / "corpus" / "new.md").write_bytes(paper())
    with monkeypatch.context() as patched:
        patched.setenv("DIRECTIVE_BOT_STOP_AT", "before_switch")
        assert failure(job).code == "child_stopped"
    assert len(Library.open(tmp_path / "library").list()) == 5
    assert asyncio.run(run_child(job)).report.added == 1


def test_cancelling_ends_the_child(tmp_path, too_many_paragraphs):
    async def cancel() -> None:
        before = set(children())
        running = asyncio.create_task(run_child(reading(tmp_path, "x.docx", too_many_paragraphs)))
        while not set(children()) - before:
            await asyncio.sleep(0.01)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert set(children()) == before

    asyncio.run(cancel())


def test_a_child_knows_no_secret_of_ours_and_finds_the_code_from_anywhere(tmp_path, monkeypatch):
    """The child is this interpreter with another program in its place, which says what it was given."""
    spy = tmp_path / "spy"
    spy.write_text(
        f'#!{sys.executable}\nimport os\nopen({str(tmp_path / "seen")!r}, "w").write(repr(dict(os.environ)))\n'
    )
    spy.chmod(0o755)
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", "123456:secret")
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(spy))
        assert failure(reading(tmp_path, "x.md", paper())).code == "child_stopped"
    assert "123456:secret" not in (tmp_path / "seen").read_text()
    monkeypatch.chdir(tmp_path)
    assert asyncio.run(run_child(reading(tmp_path, "x.md", paper()))).directive is not None


def test_what_a_child_says_that_is_none_of_our_lines_is_a_failure(tmp_path, monkeypatch):
    spy = tmp_path / "spy"
    spy.write_text(f'#!{sys.executable}\nprint("hello")\n')
    spy.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(spy))
    assert failure(reading(tmp_path, "x.md", paper())).code == "child_stopped"


def test_no_process_can_be_started(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    assert failure(reading(tmp_path, "x.md", paper())).code == "child_stopped"


def test_pages_that_could_not_be_read_are_told_of_all_papers_in_a_file():
    empty = dict.fromkeys(("number", "type", "type_name", "issuer", "place", "date"))
    directive = Directive(id=DirectiveId("1"), file="x.pdf", title="họp", **empty)
    weak = Scan(page=3, confidence=20)
    papers = [Printed(text="họp", unread=(1,)), Printed(text="họp", unread=(4, 1), scans=(weak,))]
    said = said_of([Reading(directive=directive, printed=printed) for printed in papers])
    assert (said.unread, said.weak) == ((1, 4), (3,))
