from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.build import build_library, default_steps, write_library
from index.errors import EncoderMismatch, EncoderMissing, LibraryDamaged, LibraryMissing, LibraryOutdated
from index.library import Library
from index.searching.catalog import Catalog
from index.searching.encoder import load_encoder
from index.searching.snapshot import CURRENT, MANIFEST, current_snapshot
from index.types import DirectiveId
from tests.fakes import WordHashes
from tests.searching.fakes import FIRE, MEETING, PAPERS, RULES

FIRE_QUESTION = "Chi bộ tổ dân phố kiểm tra bình chữa cháy của từng hộ gia đình bao lâu một lần?"
Rebuild = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def rebuild(tmp_path: Path, folder: Path) -> Rebuild:
    """Builds the library of these papers, file -> text."""

    def build(papers: dict[str, str], *, encoder: WordHashes | None = None) -> None:
        corpus = tmp_path / "corpus"
        corpus.mkdir(exist_ok=True)
        for path in corpus.iterdir():
            path.unlink()
        for file, text in papers.items():
            (corpus / file).write_text(text.replace("\n", "\n\n"), encoding="utf-8")
        build_library(corpus, folder, encoder=encoder or WordHashes(), steps=default_steps())

    return build


@pytest.fixture
def library(rebuild: Rebuild, folder: Path) -> Library:
    rebuild(PAPERS)
    return Library(folder, WordHashes())


def _numbers(library: Library) -> set[str | None]:
    return {directive.number for directive in library.list()}


def _id_of(library: Library, number: str) -> DirectiveId:
    return next(directive.id for directive in library.list() if directive.number == number)


# -- opening


def test_a_folder_without_a_library_is_missing(folder: Path) -> None:
    with pytest.raises(LibraryMissing):
        Library.open(folder)


def test_a_library_without_its_snapshot_is_damaged(library: Library, folder: Path) -> None:
    (folder / CURRENT).write_text("gone\n")
    with pytest.raises(LibraryDamaged):
        Library.open(folder)


def test_a_library_with_a_broken_snapshot_is_damaged(library: Library, folder: Path) -> None:
    (current_snapshot(folder) / MANIFEST).write_text("{}")
    with pytest.raises(LibraryDamaged):
        Library(folder, WordHashes())


@pytest.mark.parametrize("file", ["vectors.faiss", "centre.npy", "words/meta.json", "postings/keys.npy"])
def test_a_snapshot_that_cannot_be_opened_leaves_no_catalog_open(
    library: Library, folder: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Catalog] = []
    monkeypatch.setattr(Catalog, "close", lambda catalog: closed.append(catalog))
    (current_snapshot(folder) / file).write_bytes(b"")
    with pytest.raises(LibraryDamaged):
        Library(folder, WordHashes())
    assert len(closed) == 1


def test_a_library_of_another_encoder_is_refused(library: Library, folder: Path) -> None:
    with pytest.raises(EncoderMismatch) as raised:
        Library(folder, WordHashes("other"))
    assert raised.value.facts == {"built": "word-hashes", "wanted": "other"}


@pytest.mark.slow
def test_an_unknown_encoder_is_missing(library: Library, folder: Path) -> None:
    with pytest.raises(EncoderMissing):
        Library.open(folder, encoder=str(folder / "no-model"))


# -- a new snapshot


def test_a_new_snapshot_is_picked_up(library: Library, rebuild: Rebuild) -> None:
    rebuild({"08-NQ.md": MEETING})
    assert _numbers(library) == {"08-NQ/ĐU"}
    assert {hit.directive.number for hit in library.search(FIRE_QUESTION).hits} == {"08-NQ/ĐU"}


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"no-such-snapshot\n", None], ids=["empty", "bytes", "gone", "no"]
)
def test_the_open_snapshot_answers_while_current_names_none(
    library: Library, folder: Path, content: bytes | None
) -> None:
    before = library.search(FIRE_QUESTION)
    if content is None:
        (folder / CURRENT).unlink()
    else:
        (folder / CURRENT).write_bytes(content)
    assert library.search(FIRE_QUESTION) == before


def test_the_new_snapshot_answers_when_current_can_be_read_again(
    library: Library, folder: Path, rebuild: Rebuild
) -> None:
    (folder / CURRENT).write_bytes(b"\xff")
    assert len(library.list()) == 4
    rebuild({"08-NQ.md": MEETING})
    assert _numbers(library) == {"08-NQ/ĐU"}


def test_a_new_snapshot_of_another_encoder_is_refused(library: Library, rebuild: Rebuild) -> None:
    rebuild(PAPERS, encoder=WordHashes("other"))
    with pytest.raises(EncoderMismatch):
        library.search(FIRE_QUESTION)


@pytest.mark.slow
def test_threads_ask_on_while_a_build_switches(library: Library, rebuild: Rebuild) -> None:
    papers = [{"25-CT.md": FIRE}, {"25-CT.md": FIRE, "03-QĐ.md": RULES}, {"25-CT.md": FIRE, "08-NQ.md": MEETING}]
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(library.search, FIRE_QUESTION) for _ in range(100)]
        for some in papers:
            rebuild(some)
            asked += [pool.submit(library.search, FIRE_QUESTION) for _ in range(50)]
    assert all("ba tháng một lần" in answer.result().quotes[0].text for answer in asked)
    assert _numbers(library) == {"25-CT/TU", "08-NQ/ĐU"}


# -- what it holds


def test_directives_are_listed_in_the_order_of_their_files(library: Library) -> None:
    files = [directive.file for directive in library.list()]
    assert files == sorted(PAPERS)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("25-CT/TU", ["25-CT/TU"]),
        ("chi thi 25", ["25-CT/TU"]),
        ("25-CT/TU và 08-NQ/ĐU", ["08-NQ/ĐU", "25-CT/TU"]),
        ("26-CT/TU", []),
        ("phòng cháy", []),
        ("", []),
    ],
)
def test_directives_are_found_by_number_newest_first(library: Library, typed: str, numbers: list[str]) -> None:
    assert [directive.number for directive in library.find(typed)] == numbers


def test_an_invisible_directive_is_nowhere(library: Library) -> None:
    hidden = _id_of(library, "25-CT/TU")
    visible = frozenset(directive.id for directive in library.list()) - {hidden}
    assert hidden not in {directive.id for directive in library.list(visible=visible)}
    assert library.find("25-CT/TU", visible=visible) == ()
    assert library.printed(hidden, visible=visible) is None


def test_only_what_is_visible_is_counted(library: Library) -> None:
    every = [directive.id for directive in library.list()]
    parts = [library.info(visible=frozenset({directive})) for directive in every]
    whole = library.info()
    assert (whole.directives, whole.passages) == (len(parts), sum(part.passages for part in parts))
    assert {part.directives for part in parts} == {1}


def test_nothing_visible_counts_nothing(library: Library) -> None:
    info = library.info(visible=frozenset())
    assert (info.directives, info.passages, info.encoder) == (0, 0, "word-hashes")


def test_info_names_the_snapshot_that_answers(library: Library, folder: Path) -> None:
    assert library.info().snapshot == current_snapshot(folder).name


def test_the_printed_text_of_a_directive_is_given(library: Library) -> None:
    printed = library.printed(_id_of(library, "08-NQ/ĐU"))
    assert printed
    assert "Chi bộ họp thường kỳ vào ngày 05 hằng tháng." in printed.text


def test_an_unknown_directive_has_no_printed_text(library: Library) -> None:
    assert library.printed(DirectiveId("unknown")) is None


def test_a_library_of_other_code_has_to_be_built_again(tmp_path: Path) -> None:
    write_library(tmp_path / "library", [], encoder=load_encoder())
    with pytest.raises(LibraryOutdated):
        Library.open(tmp_path / "library")
