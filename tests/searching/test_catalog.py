from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.findings import Passage
from index.searching.catalog import FILE, Catalog, Entry, open_catalog, write_catalog
from index.types import Directive, DirectiveId, Printed, Reading


def _entry(name: str, *texts: str) -> Entry:
    fields = dict.fromkeys(("number", "type", "type_name", "issuer", "place", "date"))
    directive = Directive(id=DirectiveId(name), file=f"{name}.txt", title=f"Kế hoạch {name}", **fields)
    starts = [sum(map(len, texts[:position])) for position in range(len(texts))]
    passages = tuple(
        Passage(directive=directive.id, start=start, end=start + len(text), text=text, path=("I Mục",), page=None)
        for start, text in zip(starts, texts, strict=True)
    )
    return Entry(f"digest of {name}", Reading(directive=directive, printed=Printed(text="".join(texts))), passages)


ENTRIES = (_entry("b", "một\n", "hai\n"), _entry("none"), _entry("a", "ba\n"), _entry("c", "bốn\n", "năm\n", "sáu\n"))


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    write_catalog(tmp_path, ENTRIES)
    return open_catalog(tmp_path)


def _ids(*names: str) -> frozenset[DirectiveId]:
    return frozenset(map(DirectiveId, names))


def test_passages_have_the_rows_of_their_order(catalog: Catalog) -> None:
    written = [passage for entry in ENTRIES for passage in entry.passages]
    assert [catalog.passage(row) for row in range(catalog.size)] == written


def test_passages_come_in_the_order_asked(catalog: Catalog) -> None:
    assert [passage.text for passage in catalog.passages([4, 0, 4, 2])] == ["năm\n", "một\n", "năm\n", "ba\n"]


def test_directives_come_in_the_order_written(catalog: Catalog) -> None:
    assert catalog.directives() == tuple(entry.reading.directive for entry in ENTRIES)


def test_a_printed_text_is_given_back_whole(catalog: Catalog) -> None:
    assert [catalog.printed(entry.reading.directive.id) for entry in ENTRIES] == [
        entry.reading.printed for entry in ENTRIES
    ]


def test_rows_of_directives_are_those_of_their_passages(catalog: Catalog) -> None:
    wanted = _ids("c", "b", "none", "unknown")
    expected = [row for row in range(catalog.size) if catalog.passage(row).directive in wanted]
    assert catalog.rows_of(wanted).tolist() == expected


def test_no_directives_have_no_rows(catalog: Catalog) -> None:
    assert catalog.rows_of(frozenset()).tolist() == []


@pytest.mark.parametrize("ask", [Catalog.directive, Catalog.printed], ids=["directive", "printed"])
def test_an_unknown_directive_is_a_key_error(catalog: Catalog, ask: object) -> None:
    with pytest.raises(KeyError):
        ask(catalog, DirectiveId("unknown"))  # type: ignore[operator]


def test_an_unknown_row_is_a_key_error(catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        catalog.passage(6)


def test_threads_may_share_it(catalog: Catalog) -> None:
    rows = list(range(catalog.size)) * 40
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(catalog.passage, rows))
    assert answers == [catalog.passage(row) for row in rows]


def test_it_answers_after_its_folder_is_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    folder.mkdir()
    write_catalog(folder, ENTRIES)
    catalog = open_catalog(folder)
    shutil.rmtree(folder)
    assert catalog.passage(2).text == "ba\n"


def test_a_damaged_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 99)
    with pytest.raises(sqlite3.DatabaseError):
        open_catalog(tmp_path)


def test_the_catalog_tells_which_directives_it_holds(catalog: Catalog) -> None:
    assert {name for name in _ids("a", "none", "other") if name in catalog} == _ids("a", "none")
