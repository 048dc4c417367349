"""A folder of files as Party offices really hold them: each is a trap, and none may catch the reader."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from index import find_tools
from tests.hard import broken, chains, copies, encoded, forms, numbers, scanned, secret, tabled, webbed, worded
from tests.hard.traps import Converted, Shelf, Trap
from tests.programs import missing_programs, needs

MODULES = (scanned, encoded, worded, tabled, webbed, forms, secret, numbers, chains, copies, broken)
TRAPS: list[Trap] = [trap for module in MODULES for trap in module.TRAPS]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The folder; without what a missing program would have to make."""
    base = tmp_path_factory.mktemp("hard")
    folder = base / "corpus"
    folder.mkdir()
    originals: dict[str, dict[str, bytes]] = defaultdict(dict)
    for trap in TRAPS:
        if any(program in missing_programs() for program in trap.needs):
            continue
        for name, make in trap.files.items():
            made = make()
            if isinstance(made, Converted):
                stem, _, suffix = name.rpartition(".")
                originals[suffix][f"{stem}.docx"] = made.docx
            else:
                (folder / name).write_bytes(made)
    for suffix, files in originals.items():
        _convert(files, suffix, base / suffix, folder)
    return Shelf(folder, base / "library", find_tools())


def _convert(files: dict[str, bytes], suffix: str, aside: Path, into: Path) -> None:
    """All of one format in one call."""
    aside.mkdir()
    for name, data in files.items():
        (aside / name).write_bytes(data)
    profile = f"-env:UserInstallation={(aside.parent / 'profile').as_uri()}"
    target = {"doc": "doc:MS Word 97"}.get(suffix, suffix)
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(into), *files]
    subprocess.run(command, cwd=aside, capture_output=True, timeout=120, check=True)


def _as_parameter(trap: Trap) -> object:
    marks = [pytest.mark.slow] if trap.needs or trap.built else []
    return pytest.param(trap, id=trap.name, marks=marks)


@pytest.mark.parametrize("trap", [_as_parameter(trap) for trap in TRAPS])
def test_no_trap_catches_the_reader(trap: Trap, shelf: Shelf) -> None:
    needs(*trap.needs)
    trap.check(shelf)


def test_each_file_has_a_name_of_its_own() -> None:
    files = [name for trap in TRAPS for name in trap.files]
    assert len(files) == len(set(files))


@pytest.mark.slow
def test_the_build_takes_in_or_names_every_file(shelf: Shelf) -> None:
    known = {file for directive in shelf.library.list() for file in directive.files}
    skipped = {each.path for each in shelf.report.skipped}
    files = {path.name for path in shelf.folder.iterdir() if path.suffix != ".yaml"}
    assert known | skipped == files
    assert not known & skipped
