"""Which files of a corpus folder are taken, and what is said of those that are not."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import (
    BadSidecar,
    ClassifiedPaper,
    CorpusMissing,
    DamagedFile,
    NotPermitted,
    OutsideCorpus,
    ReadError,
    UnknownSuffix,
)
from index.reading.readers import corpus_files, read_pages

NOBODY = 65534


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Đảng viên.", encoding="utf-8")


def names_of(folder: Path) -> list[str]:
    return [file.name for file in corpus_files(folder)[0]]


def errors_of(folder: Path) -> dict[str, type[ReadError]]:
    return {error.facts["path"]: type(error) for error in corpus_files(folder)[1]}


class TestCorpusFiles:
    def test_come_in_order_with_forward_slashes(self, corpus: Path) -> None:
        put(corpus, "b.txt", "2025/a.md", "2025/x/c.pdf", "a.docx")
        assert names_of(corpus) == ["2025/a.md", "2025/x/c.pdf", "a.docx", "b.txt"]

    def test_names_are_composed(self, corpus: Path) -> None:
        put(corpus, "Nghi\u0323 quye\u0302\u0301t.txt")
        assert names_of(corpus) == ["Nghị quyết.txt"]

    def test_leave_out_what_is_no_paper_without_a_word(self, corpus: Path) -> None:
        put(corpus, "README.md", ".hidden.txt", ".git/x.txt", "~$a.docx", "a.docx", "a.docx.yaml")
        assert (names_of(corpus), errors_of(corpus)) == (["a.docx"], {})

    def test_take_a_readme_below_the_top(self, corpus: Path) -> None:
        put(corpus, "2025/README.md")
        assert names_of(corpus) == ["2025/README.md"]

    def test_know_their_sidecar(self, corpus: Path) -> None:
        put(corpus, "a.docx", "a.docx.yaml", "b.docx")
        assert [file.sidecar for file in corpus_files(corpus)[0]] == [corpus / "a.docx.yaml", None]

    def test_report_a_sidecar_without_its_file(self, corpus: Path) -> None:
        put(corpus, "a.docx.yaml")
        assert errors_of(corpus) == {"a.docx.yaml": BadSidecar}

    @pytest.mark.parametrize("name", ["a.ods", "a", "notes.yaml", "a.odt"])
    def test_report_an_unknown_suffix(self, name: str, corpus: Path) -> None:
        put(corpus, name)
        assert errors_of(corpus) == {name: UnknownSuffix}

    @pytest.mark.parametrize("name", ["MẬT 05.pdf", "toi-mat/a.txt", "bao cao mat.xlsx"])
    def test_report_a_classified_name(self, name: str, corpus: Path) -> None:
        put(corpus, name)
        assert errors_of(corpus) == {name: ClassifiedPaper}

    @pytest.mark.parametrize("target", ["../outside.txt", "../outside", "chain.txt", "/etc"])
    def test_report_a_link_that_leaves_the_corpus(self, target: str, corpus: Path) -> None:
        put(corpus.parent, "outside.txt", "outside/b.txt")
        (corpus / ".chain").symlink_to("../outside.txt")
        (corpus / "chain.txt").symlink_to(".chain")
        (corpus / "a.txt").symlink_to(target)
        assert errors_of(corpus) == {"a.txt": OutsideCorpus, "chain.txt": OutsideCorpus}

    def test_a_corpus_beside_a_folder_with_a_longer_name_is_left_too(self, corpus: Path) -> None:
        put(corpus.parent, "corpus-2/a.txt")
        (corpus / "a.txt").symlink_to("../corpus-2/a.txt")
        assert errors_of(corpus) == {"a.txt": OutsideCorpus}

    @pytest.mark.parametrize("target", ["a.txt", "nowhere.txt"], ids=["loop", "nothing"])
    def test_report_a_link_that_leads_nowhere(self, target: str, corpus: Path) -> None:
        (corpus / "a.txt").symlink_to(target)
        assert errors_of(corpus) == {"a.txt": DamagedFile}

    def test_follow_a_link_to_a_file_inside(self, corpus: Path) -> None:
        put(corpus, ".store/x.txt")
        (corpus / "a.txt").symlink_to(".store/x.txt")
        assert names_of(corpus) == ["a.txt"]

    def test_walk_a_folder_once_that_is_linked_inside(self, corpus: Path) -> None:
        put(corpus, "2025/a.txt")
        (corpus / "2025" / "up").symlink_to("..")
        assert (names_of(corpus), errors_of(corpus)) == (["2025/a.txt"], {})

    def test_a_link_gives_a_classified_paper_no_harmless_name(self, corpus: Path) -> None:
        put(corpus, ".store/TỐI MẬT.txt")
        (corpus / "a.txt").symlink_to(".store/TỐI MẬT.txt")
        assert errors_of(corpus) == {"a.txt": ClassifiedPaper}

    def test_follow_a_link_to_the_corpus_itself(self, corpus: Path) -> None:
        put(corpus, "a.txt")
        (corpus.parent / "link").symlink_to("corpus")
        assert names_of(corpus.parent / "link") == ["a.txt"]

    def test_report_what_is_no_plain_file(self, corpus: Path) -> None:
        os.mkfifo(corpus / "a.txt")
        assert errors_of(corpus) == {"a.txt": DamagedFile}

    def test_a_name_that_is_no_utf8_is_shown_with_a_stand_in(self, corpus: Path) -> None:
        (corpus / os.fsdecode(b"a\xff.txt")).write_text("Đảng viên.", encoding="utf-8")
        assert names_of(corpus) == ["a\ufffd.txt"]

    def test_a_missing_folder_is_an_error_of_its_own(self, corpus: Path) -> None:
        with pytest.raises(CorpusMissing):
            corpus_files(corpus / "nowhere")


@pytest.fixture
def shut() -> Iterator[Path]:
    """A corpus with a file and a folder that may not be opened, seen by a user without special rights."""
    folder = Path(tempfile.mkdtemp())  # pytest's own folder is closed to other users
    put(folder, "a.txt", "b.txt", "closed/c.txt")
    folder.chmod(0o755)
    (folder / "b.txt").chmod(0)
    (folder / "closed").chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    yield folder
    if root:
        os.seteuid(0)
    (folder / "closed").chmod(0o755)
    shutil.rmtree(folder)


class TestPermissions:
    def test_what_may_not_be_opened_is_reported(self, shut: Path) -> None:
        assert errors_of(shut) == {"b.txt": NotPermitted, "closed": NotPermitted}

    def test_the_rest_goes_on(self, shut: Path) -> None:
        assert names_of(shut) == ["a.txt"]

    def test_reading_such_a_file_says_so(self, shut: Path) -> None:
        with pytest.raises(NotPermitted):
            read_pages(shut / "b.txt", name="b.txt")

    def test_a_corpus_that_may_not_be_opened_is_not_taken_for_empty(self, shut: Path) -> None:
        with pytest.raises(NotPermitted):
            corpus_files(shut / "closed")


def test_a_sidecar_that_is_a_link_out_of_the_corpus_leaves_out_its_paper(corpus: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("title: từ bên ngoài", encoding="utf-8")
    put(corpus, "a.txt")
    (corpus / "a.txt.yaml").symlink_to(outside)
    files, errors = corpus_files(corpus)
    assert files == []
    assert {type(error) for error in errors} == {OutsideCorpus}
