from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import build_library
from index.cache import FILE as CACHE_FILE
from index.errors import (
    BuildBusy,
    BuildFailed,
    ClassifiedPaper,
    CorpusMissing,
    DamagedFile,
    LibraryDamaged,
    LibraryMissing,
    LibraryOutdated,
    ReadError,
)
from index.findings import Passage
from index.intake import Steps
from index.lock import LOCK
from index.progress import Progress, Stage
from index.reading.readers import CorpusFile
from index.reading.tools import NO_TOOLS, Tools
from index.report import BuildReport
from index.searching.snapshot import CURRENT, Snapshot, current_snapshot, open_current, snapshots_of
from index.searching.terms import FIELDS
from index.types import Directive, DirectiveId, Printed, Reading, Scan
from tests.fakes import WordHashes

PAPERS = {
    "a.txt": "Phòng cháy, chữa cháy\nChi bộ kiểm tra bình chữa cháy.\nBáo cáo trước ngày 30 hằng tháng.",
    "b.txt": "Kỷ luật, kỷ cương\nCán bộ đi làm đúng giờ.",
    "sub/c.txt": "Hòa giải ở cơ sở\nTổ hòa giải họp hằng quý.\nChi bộ giám sát.\nĐảng ủy tổng hợp.",
}
QUESTIONS = ("chữa cháy", "chi bộ kiểm tra", "hòa giải hằng quý", "đúng giờ")


def _read(path: Path, *, name: str, tools: Tools = NO_TOOLS) -> tuple[Reading, ...]:
    """A paper whose first line is its title and whose id is the title's first word."""
    text = path.read_text(encoding="utf-8")
    if text.startswith("MẬT"):
        raise ClassifiedPaper(path=name, mark="MẬT")
    if text.startswith("%"):
        raise DamagedFile(path=name, detail="a percent sign")
    title = text.splitlines()[0]
    fields = dict.fromkeys(("number", "type", "type_name", "issuer", "place", "date"))
    directive = Directive(id=DirectiveId(title.split()[0].strip(",")), file=name, title=title, **fields)
    return (Reading(directive=directive, printed=Printed(text=text)),)


def _cut(reading: Reading) -> list[Passage]:
    passages, start = [], 0
    for line in reading.printed.text.splitlines(keepends=True):
        end = start + len(line)
        passages.append(
            Passage(directive=reading.directive.id, start=start, end=end, text=line, path=("I Mục một",), page=None)
        )
        start = end
    return passages


def _files(corpus: Path) -> tuple[list[CorpusFile], list[ReadError]]:
    """All .txt files; one whose name begins with mật is left out by its name alone."""
    files: list[CorpusFile] = []
    errors: list[ReadError] = []
    for path in sorted(corpus.rglob("*.txt")):
        name, sidecar = path.relative_to(corpus).as_posix(), path.with_name(path.name + ".yaml")
        if name.startswith("mật"):
            errors.append(ClassifiedPaper(path=name, mark="MẬT"))
        else:
            files.append(CorpusFile(path, name, sidecar if sidecar.exists() else None))
    return files, errors


STEPS = Steps(files=_files, read=_read, cut=_cut, version="1")


def _put(corpus: Path, name: str, text: str) -> Path:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name, text in PAPERS.items():
        _put(folder, name, text)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def _build(
    corpus: Path,
    library: Path,
    *,
    encoder: WordHashes | None = None,
    steps: Steps = STEPS,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    return build_library(corpus, library, encoder=encoder or WordHashes(), steps=steps, progress=progress)


def _answers(library: Path) -> list[object]:
    """Everything by which two libraries could be told apart: catalog, neighbours and their scores to the last bit."""
    snapshot = open_current(library)
    passages = snapshot.catalog.passages(range(snapshot.catalog.size))
    printed = [snapshot.catalog.printed(directive.id) for directive in snapshot.catalog.directives()]
    found: list[object] = [snapshot.catalog.directives(), snapshot.catalog.digests(), passages, printed]
    for question in QUESTIONS:
        found += [part.tobytes() for part in snapshot.vectors.search(WordHashes().encode_question(question), 9)]
        for name, field in FIELDS.items():
            terms = dict.fromkeys(field.terms(question), 1.0)
            found += [part.tobytes() for part in snapshot.words.search(name, terms, 9)]
    return found


def _counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.removed


def _best(snapshot: Snapshot, question: str) -> str:
    rows, _ = snapshot.vectors.search(WordHashes().encode_question(question), 1)
    return snapshot.catalog.passage(int(rows[0])).text


def _every_byte(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_first_build_adds_every_paper(corpus: Path, library: Path) -> None:
    report = _build(corpus, library)
    assert (_counts(report), report.passages, report.skipped) == ((3, 0, 0, 0), 9, ())


def test_a_built_library_finds_the_passage_that_answers(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    assert _best(open_current(library), "i mục một tổ hòa giải họp hằng quý.") == "Tổ hòa giải họp hằng quý.\n"


def test_the_report_counts_what_is_new_changed_the_same_and_gone(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    (corpus / "b.txt").unlink()
    _put(corpus, "a.txt", PAPERS["a.txt"] + "\nThêm một dòng.")
    _put(corpus, "d.txt", "Mới\nMột văn bản mới.")
    assert _counts(_build(corpus, library)) == (1, 1, 1, 1)


def test_a_moved_paper_is_unchanged(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    (corpus / "b.txt").rename(corpus / "moved.txt")
    assert _counts(_build(corpus, library)) == (0, 0, 3, 0)


def test_a_changed_sidecar_is_a_changed_directive(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    _put(corpus, "b.txt.yaml", "audience: member")
    assert _counts(_build(corpus, library)) == (0, 1, 2, 0)


def test_an_incremental_and_a_fresh_build_answer_alike(corpus: Path, library: Path, tmp_path: Path) -> None:
    _put(corpus, "gone.txt", "Bỏ\nChữa cháy chữa cháy chi bộ hòa giải.")
    _build(corpus, library)
    (corpus / "gone.txt").unlink()
    _put(corpus, "b.txt", PAPERS["b.txt"] + "\nChi bộ họp đúng giờ.")
    _build(corpus, library)
    _build(corpus, tmp_path / "fresh")
    assert _answers(library) == _answers(tmp_path / "fresh")


def test_only_a_new_papers_passages_are_embedded(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    _put(corpus, "d.txt", "Mới\nMột văn bản mới.")
    encoder = WordHashes()
    _build(corpus, library, encoder=encoder)
    assert encoder.encoded == ["I Mục một\nMới\n", "I Mục một\nMột văn bản mới."]


def test_only_a_new_paper_is_read(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    _put(corpus, "d.txt", "Mới\nMột văn bản mới.")
    assert _names_read(corpus, library) == ["d.txt"]


def test_another_version_of_the_reader_reads_everything_again(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    assert _names_read(corpus, library, version="2") == sorted(PAPERS)


def _names_read(corpus: Path, library: Path, *, version: str = "1") -> list[str]:
    names = []

    def read(path: Path, *, name: str, tools: Tools) -> tuple[Reading, ...]:
        names.append(name)
        return _read(path, name=name)

    _build(corpus, library, steps=STEPS._replace(read=read, version=version))
    return names


def test_another_encoder_embeds_everything_again(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    encoder = WordHashes("another")
    _build(corpus, library, encoder=encoder)
    assert (len(encoder.encoded), open_current(library).manifest.encoder) == (9, "another")


def test_a_damaged_cache_costs_time_and_nothing_else(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    before = _answers(library)
    (library / "cache" / CACHE_FILE).write_bytes(b"not a database" * 999)
    assert (_counts(_build(corpus, library)), _answers(library)) == ((0, 0, 3, 0), before)


def test_a_paper_that_cannot_be_read_is_skipped_with_its_reason(corpus: Path, library: Path) -> None:
    _put(corpus, "bad.txt", "% percent")
    (skipped,) = _build(corpus, library).skipped
    assert (skipped.path, skipped.reason, skipped.facts["detail"]) == ("bad.txt", "damaged", "a percent sign")


def test_a_file_that_cannot_be_opened_is_left_to_the_reader_to_explain(corpus: Path, library: Path) -> None:
    (corpus / "link.txt").symlink_to(corpus / "nowhere.txt")

    def read(path: Path, *, name: str, tools: Tools) -> tuple[Reading, ...]:
        if name == "link.txt":
            raise DamagedFile(path=name, detail="leads nowhere")
        return _read(path, name=name)

    (skipped,) = _build(corpus, library, steps=STEPS._replace(read=read)).skipped
    assert skipped.message == "link.txt: the file is damaged (leads nowhere)"


def test_a_classified_paper_is_written_nowhere(corpus: Path, library: Path) -> None:
    _put(corpus, "secret.txt", "MẬT\nKhông được lộ câu này.")
    report = _build(corpus, library)
    assert [skipped.reason for skipped in report.skipped] == ["classified"]
    assert "lộ câu".encode() not in _every_byte(library) + report.model_dump_json().encode()


@pytest.mark.parametrize(
    "text", ["MẬT\nKhông được lộ câu này.", None], ids=["marked in its text", "marked in its name"]
)
def test_a_paper_found_classified_later_is_taken_out_of_everything(
    corpus: Path, library: Path, text: str | None
) -> None:
    paper = _put(corpus, "paper.txt", "Giấy\nKhông được lộ câu này.")
    _build(corpus, library)
    if text is None:
        paper.rename(corpus / "mật.txt")
    else:
        _put(corpus, "paper.txt", text)
    _build(corpus, library)
    assert "lộ câu".encode() not in _every_byte(library)


@pytest.mark.parametrize("copy", ["Giấy\nKhông được lộ câu này.", "giấy\n\nKhông  được lộ câu này.\n"])
def test_a_copy_of_a_paper_whose_name_says_that_it_is_classified_is_refused_under_a_harmless_name(
    corpus: Path, library: Path, copy: str
) -> None:
    _put(corpus, "a-giay.txt", copy)
    _build(corpus, library)
    assert "lộ câu".encode() in _every_byte(library)
    _put(corpus, "mật.txt", "Giấy\nKhông được lộ câu này.")
    report = _build(corpus, library)
    assert [(skipped.path, skipped.reason) for skipped in report.skipped] == [
        ("a-giay.txt", "classified"),
        ("mật.txt", "classified"),
    ]
    assert "lộ câu".encode() not in _every_byte(library)


def test_two_texts_under_one_identity_are_both_kept_and_reported(corpus: Path, library: Path) -> None:
    _put(corpus, "b-copy.txt", PAPERS["b.txt"] + "\nBản khác.")
    report = _build(corpus, library)
    assert (_counts(report), [(each.code, each.path) for each in report.troubles]) == (
        (4, 0, 0, 0),
        [("two_texts", "b.txt")],
    )


def test_one_text_in_two_files_is_one_directive_and_reported(corpus: Path, library: Path) -> None:
    _put(corpus, "b-copy.txt", PAPERS["b.txt"])
    report = _build(corpus, library)
    assert (_counts(report), [(each.code, each.path) for each in report.troubles]) == (
        (3, 0, 0, 0),
        [("two_sources", "b.txt")],
    )


def test_duplicates_answer_alike_after_an_incremental_and_a_fresh_build(
    corpus: Path, library: Path, tmp_path: Path
) -> None:
    _put(corpus, "z.txt", PAPERS["b.txt"] + "\nBản khác.")
    _build(corpus, library)
    for name, text in {"b-copy.txt": PAPERS["b.txt"], "aa.txt": PAPERS["b.txt"] + "\nBản thứ ba."}.items():
        _put(corpus, name, text)
        _build(corpus, library)
    _build(corpus, tmp_path / "fresh")
    assert _answers(library) == _answers(tmp_path / "fresh")


def test_pages_that_could_not_be_read_or_only_with_doubt_are_reported(corpus: Path, library: Path) -> None:
    scans = tuple(Scan(page=page, confidence=confidence) for page, confidence in ((4, 40), (5, 50), (6, 90), (7, 60)))

    def read(path: Path, *, name: str, tools: Tools) -> tuple[Reading, ...]:
        (reading,) = _read(path, name=name)
        printed = reading.printed.model_copy(update={"unread": (2, 1), "scans": scans})
        return (reading.model_copy(update={"printed": printed}),) if name == "a.txt" else (reading,)

    found = [
        _build(corpus, library, steps=STEPS._replace(read=read, version=version, tools=tools)).troubles
        for version, tools in (("2", NO_TOOLS), ("3", Tools(tesseract=Path("tesseract"))))
    ]
    assert [[(each.code, dict(each.facts)) for each in troubles] for troubles in found] == [
        [("unread_pages", {"pages": "1-2", "reason": reason}), ("weak_pages", {"pages": "4-5, 7"})]
        for reason in ("no_program", "unreadable")
    ]


# -- pages that are pictures


class _Eyes:
    """Reads every file as if its lines were pictures of pages, each once as long as the cache has it."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def read(self, path: Path, *, name: str, tools: Tools) -> tuple[Reading, ...]:
        lines = path.read_text(encoding="utf-8").splitlines()
        for done, line in enumerate(lines, start=1):
            assert tools.pages is not None
            if tools.pages.get(line) is None:
                self.seen.append(line)
                tools.pages.put(line, line.encode())
            tools.watch(done, len(lines))
        return _read(path, name=name)


def _look(
    corpus: Path, library: Path, *, version: str, progress: Callable[[Progress], None] | None = None
) -> list[str]:
    eyes = _Eyes()
    _build(corpus, library, steps=STEPS._replace(read=eyes.read, version=version), progress=progress)
    return eyes.seen


def test_pages_are_read_once_though_the_code_changes_and_their_readings_came_from_the_cache(
    corpus: Path, library: Path
) -> None:
    assert len(_look(corpus, library, version="2")) == 9
    assert _look(corpus, library, version="2") == []
    assert _look(corpus, library, version="3") == []


def test_pages_are_read_once_though_a_sidecar_corrects_them(corpus: Path, library: Path) -> None:
    _look(corpus, library, version="2")
    _put(corpus, "b.txt.yaml", "audience: member")
    assert _look(corpus, library, version="2") == []


def test_pages_of_a_file_that_is_gone_are_forgotten(corpus: Path, library: Path) -> None:
    text = "Giấy\nChỉ ở đây mới có câu này."
    paper = _put(corpus, "d.txt", text)
    _look(corpus, library, version="2")
    paper.unlink()
    _look(corpus, library, version="2")
    _look(corpus, library, version="2")
    assert "câu này".encode() not in _every_byte(library)
    paper.write_text(text, encoding="utf-8")
    assert _look(corpus, library, version="2") == text.splitlines()


@pytest.mark.parametrize("before", ["Giấy\nKhông được lộ câu này.", None], ids=["taken in before", "new"])
def test_pages_of_a_classified_paper_are_kept_nowhere(corpus: Path, library: Path, before: str | None) -> None:
    if before:
        _put(corpus, "paper.txt", before)
        _look(corpus, library, version="2")
    _put(corpus, "paper.txt", "MẬT\nKhông được lộ câu này.")
    _look(corpus, library, version="2")
    assert "lộ câu".encode() not in _every_byte(library)


def test_pages_are_counted_over_all_files(corpus: Path, library: Path) -> None:
    told: list[tuple[int, int]] = []

    def watch(step: Progress) -> None:
        if step.stage is Stage.PAGES:
            told.append((step.done, step.total))

    _look(corpus, library, version="2", progress=watch)
    assert told == [(1, 3), (2, 3), (3, 3), (4, 5), (5, 5), (6, 9), (7, 9), (8, 9), (9, 9)]


def test_a_corpus_without_papers_gives_a_library_that_finds_nothing(library: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = _build(tmp_path / "empty", library)
    assert (_counts(report), report.passages) == ((0, 0, 0, 0), 0)
    assert len(open_current(library).vectors.search(WordHashes().encode_question("chữa cháy"), 5)[0]) == 0


def test_a_missing_corpus_leaves_the_old_library(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    before = _answers(library)
    with pytest.raises(CorpusMissing):
        _build(corpus / "nowhere", library)
    assert _answers(library) == before


def test_a_second_build_says_that_one_is_running(corpus: Path, library: Path) -> None:
    library.mkdir()
    with (library / LOCK).open("w") as handle:
        flock(handle, LOCK_EX)
        with pytest.raises(BuildBusy):
            _build(corpus, library)


@pytest.mark.parametrize(
    "wrong", [np.full((1, 64), np.nan), np.ones((1, 63)), np.ones((2, 64))], ids=["nan", "narrow", "too many"]
)
def test_an_encoder_that_gives_no_vectors_leaves_the_old_library(
    corpus: Path, library: Path, wrong: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(corpus, library)
    before = _answers(library)
    _put(corpus, "d.txt", "Mới")
    encoder = WordHashes()
    monkeypatch.setattr(encoder, "encode_passages", lambda texts: wrong)
    with pytest.raises(BuildFailed, match="encoder"):
        _build(corpus, library, encoder=encoder)
    assert _answers(library) == before


def test_a_snapshot_that_is_not_its_own_nearest_is_not_switched_on(
    corpus: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(corpus, library)
    before = _answers(library)
    monkeypatch.setattr("index.build.write_vectors", lambda folder, vectors: _write_wrong(folder, vectors))
    with pytest.raises(BuildFailed, match="its own nearest"):
        _build(corpus, library)
    assert _answers(library) == before


def _write_wrong(folder: Path, vectors: NDArray[np.float32]) -> None:
    from index.searching.vectors import write_vectors

    write_vectors(folder, np.zeros_like(vectors))


def test_words_of_a_paper_do_not_stand_in_the_error_of_a_failed_build(
    corpus: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(reading: Reading) -> list[Passage]:
        raise ValueError(reading.printed.text)

    with pytest.raises(BuildFailed) as caught:
        _build(corpus, library, steps=STEPS._replace(cut=cut))
    assert "cháy" not in str(caught.value)


def test_an_open_snapshot_answers_while_two_builds_pass_over_it(corpus: Path, library: Path) -> None:
    _build(corpus, library)
    snapshot = open_current(library)
    for _ in range(2):
        _build(corpus, library)
    assert _best(snapshot, "i mục một cán bộ đi làm đúng giờ.") == "Cán bộ đi làm đúng giờ."


def test_the_snapshot_before_is_kept_and_older_ones_are_not(corpus: Path, library: Path) -> None:
    names = []
    for _ in range(3):
        _build(corpus, library)
        names.append(current_snapshot(library).name)
    assert sorted(path.name for path in snapshots_of(library).iterdir()) == sorted(names[1:])


def test_builds_at_the_same_moment_of_the_clock_do_not_meet(corpus: Path, library: Path) -> None:
    names = set()
    for _ in range(2):
        build_library(corpus, library, encoder=WordHashes(), steps=STEPS, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        names.add(current_snapshot(library).name)
    assert len(names) == 2


def test_progress_ends_full_in_every_stage(corpus: Path, library: Path) -> None:
    last: dict[Stage, Progress] = {}
    _build(corpus, library, progress=lambda step: last.update({step.stage: step}))
    assert {stage: (step.done, step.total) for stage, step in last.items()} == {
        Stage.READ: (3, 3),
        Stage.EMBED: (9, 9),
        Stage.WRITE: (9, 9),
    }


def test_a_library_never_built_is_missing(library: Path) -> None:
    with pytest.raises(LibraryMissing):
        open_current(library)


def _name_nothing(library: Path) -> None:
    (library / CURRENT).write_text("nothing\n", encoding="utf-8")


def _name_outside(library: Path) -> None:
    (library / CURRENT).write_text("../snapshots\n", encoding="utf-8")


def _lose_vectors(library: Path) -> None:
    (current_snapshot(library) / "vectors.faiss").unlink()


def _lose_words(library: Path) -> None:
    shutil.rmtree(current_snapshot(library) / "words")


def _lose_passages(library: Path) -> None:
    base = sqlite3.connect(current_snapshot(library) / "catalog.sqlite")
    base.execute("DELETE FROM passages WHERE row = 3")
    base.commit()
    base.close()


def _be_older(library: Path) -> None:
    manifest = current_snapshot(library) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_bytes()), "schema_version": 0}), encoding="utf-8")


DAMAGES = [_name_nothing, _name_outside, _lose_vectors, _lose_words, _lose_passages, _be_older]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_library_is_told_from_a_missing_one(
    corpus: Path, library: Path, damage: Callable[[Path], None]
) -> None:
    _build(corpus, library)
    damage(library)
    with pytest.raises(LibraryOutdated if damage is _be_older else LibraryDamaged):
        open_current(library)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_build_repairs_a_damaged_library(corpus: Path, library: Path, damage: Callable[[Path], None]) -> None:
    _build(corpus, library)
    before = _answers(library)
    damage(library)
    _build(corpus, library)
    assert _answers(library) == before


KILLED = """
import sys; sys.path.insert(0, {tests!r})
from pathlib import Path
from test_build import STEPS, WordHashes, build_library
build_library(Path({corpus!r}), Path({library!r}), encoder=WordHashes(), steps=STEPS)
"""


def _building(corpus: Path, library: Path, *, stop_at: str = "") -> subprocess.Popen[bytes]:
    here = Path(__file__).parent
    code = KILLED.format(tests=str(here), corpus=str(corpus), library=str(library))
    environment = {**os.environ, "DIRECTIVE_BOT_STOP_AT": stop_at}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=here.parent)


def _build_until_killed(corpus: Path, library: Path, *, at: str) -> None:
    with _building(corpus, library, stop_at=at) as process:
        assert process.wait() == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["mid_read", "mid_embed", "after_vectors", "before_history", "before_switch"])
def test_the_old_library_answers_after_a_build_is_killed(corpus: Path, library: Path, moment: str) -> None:
    _build(corpus, library)
    before = _answers(library)
    _put(corpus, "d.txt", "Mới\nMột văn bản mới.")
    _build_until_killed(corpus, library, at=moment)
    assert _answers(library) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "moment", ["mid_read", "mid_embed", "after_vectors", "before_history", "before_switch", "after_switch"]
)
def test_the_build_after_a_killed_one_is_whole(corpus: Path, library: Path, moment: str, tmp_path: Path) -> None:
    _build(corpus, library)
    _put(corpus, "d.txt", "Mới\nMột văn bản mới.")
    _build_until_killed(corpus, library, at=moment)
    _build(corpus, library)
    _build(corpus, tmp_path / "fresh")
    assert _answers(library) == _answers(tmp_path / "fresh")
    assert not list(snapshots_of(library).glob("*.building"))


@pytest.mark.slow
def test_a_library_answers_whenever_its_build_is_killed(corpus: Path, library: Path, tmp_path: Path) -> None:
    _build(corpus, library)
    old = _answers(library)
    _put(corpus, "d.txt", "Mới\nMột văn bản mới.")
    _build(corpus, tmp_path / "fresh")
    seed = random.randrange(1_000_000)
    print("seed", seed)
    for delay in [random.Random(seed + turn).uniform(0.3, 0.8) for turn in range(5)]:
        with _building(corpus, library) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=delay)
            process.kill()
        assert _answers(library) in (old, _answers(tmp_path / "fresh"))
