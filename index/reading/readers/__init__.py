"""The files of a corpus and the readers of their formats. A new format is one file and one row in `READERS`."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from index.errors import (
    BadSidecar,
    ClassifiedPaper,
    CorpusMissing,
    DamagedFile,
    EmptyFile,
    NotPermitted,
    OutsideCorpus,
    ReadError,
    TooLarge,
    UnknownSuffix,
)
from index.reading.classified import mark_of_name
from index.reading.readers.doc import read_doc
from index.reading.readers.docx import read_docx
from index.reading.readers.html import read_html
from index.reading.readers.pdf import read_pdf
from index.reading.readers.pictures import read_jpeg, read_png
from index.reading.readers.text import read_markdown, read_text
from index.reading.readers.xlsx import read_xlsx
from index.reading.sidecar import SUFFIX as SIDECAR_SUFFIX
from index.reading.sidecar import sidecar_of
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

LARGEST_FILE = 100 * 2**20
"""Bytes; a larger one is refused before it is read into memory."""

Reader = Callable[[bytes, str, Tools], Pages]
"""Bytes, the name for errors, and the programs that may be called -> pages."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".doc": read_doc,
        ".docx": read_docx,
        ".htm": read_html,
        ".html": read_html,
        ".jpeg": read_jpeg,
        ".jpg": read_jpeg,
        ".md": read_markdown,
        ".pdf": read_pdf,
        ".rtf": read_doc,
        ".png": read_png,
        ".txt": read_text,
        ".xlsx": read_xlsx,
    }
)


@dataclass(frozen=True)
class CorpusFile:
    """``name``: path relative to the corpus, NFC, with forward slashes. ``sidecar``: the YAML file beside it."""

    path: Path
    name: str
    sidecar: Path | None = None


def read_pages(path: Path, *, name: str, tools: Tools = NO_TOOLS) -> Pages:
    """The lines of a file; ``name`` (its path in the corpus) stands in the errors. Raises only kinds of `ReadError`."""
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        raise _unknown(name)
    data = _bytes_of(path, name)
    if not data.strip():
        raise EmptyFile(path=name)
    pages = READERS[suffix](data, name, tools)
    if not any(sign.isalnum() for page in pages.pages for line in page for sign in line):
        raise EmptyFile(path=name)
    return pages


def corpus_files(folder: Path) -> tuple[list[CorpusFile], list[ReadError]]:
    """The files that can be read, by name, and an error for each that is left out.

    Left out without a word: hidden files, Office's lock files, sidecars of present files, README.md at the top, and
    links to folders inside the corpus, which are walked at their own place. Raises `CorpusMissing`, and `NotPermitted`
    for the folder itself.
    """
    root = Path(os.path.realpath(folder))
    if not root.is_dir():
        raise CorpusMissing(folder=folder)
    if not _may_be_read(root):
        raise NotPermitted(path=str(folder))
    files: list[CorpusFile] = []
    errors: list[ReadError] = []
    for path in _walk(root, root, errors):
        try:
            files.extend(_taken(path, root))
        except ReadError as error:
            errors.append(error)
    files.sort(key=lambda file: file.name)
    errors.sort(key=lambda error: error.facts["path"])
    return files, errors


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise TooLarge(path=name, size=round(size / 2**20), limit=LARGEST_FILE // 2**20)
        return path.read_bytes()
    except PermissionError as err:
        raise NotPermitted(path=name) from err
    except OSError as err:
        raise DamagedFile(path=name, detail=err.strerror or err) from err


def _walk(folder: Path, root: Path, errors: list[ReadError]) -> Iterator[Path]:
    """Everything that is no folder, and links that lead to one."""
    try:
        paths = [Path(entry.path) for entry in os.scandir(folder)]
    except PermissionError:
        errors.append(NotPermitted(path=_name(folder, root)))
        return
    except OSError as err:
        errors.append(DamagedFile(path=_name(folder, root), detail=err.strerror or err))
        return
    for path in paths:
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, root, errors)
        else:
            yield path


def _taken(path: Path, root: Path) -> list[CorpusFile]:
    """The file, or nothing where it is left out without a word. Raises the `ReadError` that says why it is left out."""
    name = _name(path, root)
    target = _inside(path, root, name)
    if name == "README.md" or target.is_dir():
        return []
    for each in (name, _name(target, root)):  # a link must not give a classified paper a harmless name
        if mark := mark_of_name(each):
            raise ClassifiedPaper(path=name, mark=mark)
    if path.suffix.lower() == SIDECAR_SUFFIX and Path(path.stem).suffix.lower() in READERS:
        _check_sidecar(path, name)
        return []
    if path.suffix.lower() not in READERS:
        raise _unknown(name)
    if not target.is_file():
        raise DamagedFile(path=name, detail="the link leads nowhere" if path.is_symlink() else "not a plain file")
    if not _may_be_read(path):
        raise NotPermitted(path=name)
    sidecar = sidecar_of(path)
    if not os.path.lexists(sidecar):
        return [CorpusFile(path=path, name=name)]
    _inside(sidecar, root, name)
    return [CorpusFile(path=path, name=name, sidecar=sidecar)]


def _inside(path: Path, root: Path, name: str) -> Path:
    """Where the path leads, through all links. Raises `OutsideCorpus`."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(root):
        raise OutsideCorpus(path=name)
    return target


def _may_be_read(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK, effective_ids=effective)


def _check_sidecar(path: Path, name: str) -> None:
    if not path.with_suffix("").exists():
        raise BadSidecar(path=name, fault="no_file", key="", value=path.stem)


def _unknown(name: str) -> UnknownSuffix:
    return UnknownSuffix(path=name, suffix=Path(name).suffix, known=", ".join(READERS))


def _name(path: Path, root: Path) -> str:
    """Relative and NFC; bytes of a file name that are no UTF-8 are shown as a question mark in a diamond."""
    relative = path.relative_to(root).as_posix()
    return unicodedata.normalize("NFC", relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
