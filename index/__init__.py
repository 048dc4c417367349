"""The face of the retrieval library: everything that an application imports, loaded when it is first named."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import LibraryError, ReadError
from index.types import (
    BuildReport,
    Directive,
    DirectiveId,
    DocumentNumber,
    Findings,
    Hit,
    LibraryInfo,
    Passage,
    Printed,
    Quote,
    Reading,
    Section,
    SectionKind,
    Skipped,
    Span,
)

if TYPE_CHECKING:
    from index.build import build_library
    from index.evaluation import Evaluation, evaluate
    from index.language.numbers import TYPE_NAMES, find_numbers
    from index.language.text import fold
    from index.library import Library
    from index.progress import Progress
    from index.reading.form import read_directive
    from index.searching.encoder import Encoder, load_encoder
    from index.searching.names import newest_first

_LAZY = {
    "Encoder": "index.searching.encoder",
    "Evaluation": "index.evaluation",
    "Library": "index.library",
    "Progress": "index.progress",
    "TYPE_NAMES": "index.language.numbers",
    "build_library": "index.build",
    "evaluate": "index.evaluation",
    "find_numbers": "index.language.numbers",
    "fold": "index.language.text",
    "load_encoder": "index.searching.encoder",
    "newest_first": "index.searching.names",
    "read_directive": "index.reading.form",
}
"""What pulls in heavy libraries (FAISS, tantivy): imported when it is first used, so that ``--help`` answers at
once.
"""

__all__ = [
    "TYPE_NAMES",
    "BuildReport",
    "Directive",
    "DirectiveId",
    "DocumentNumber",
    "Encoder",
    "Evaluation",
    "Findings",
    "Hit",
    "Library",
    "LibraryError",
    "LibraryInfo",
    "Passage",
    "Printed",
    "Progress",
    "Quote",
    "ReadError",
    "Reading",
    "Section",
    "SectionKind",
    "Skipped",
    "Span",
    "build_library",
    "evaluate",
    "find_numbers",
    "fold",
    "load_encoder",
    "newest_first",
    "read_directive",
]


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
