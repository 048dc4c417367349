"""The face of the retrieval library: everything that an application imports, loaded when it is first named."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import LibraryError, ReadError
from index.report import BuildReport, LibraryInfo, Skipped, Trouble
from index.types import (
    Directive,
    DirectiveId,
    DocumentNumber,
    Findings,
    Hit,
    Passage,
    Printed,
    Quote,
    Reading,
    Reference,
    Relation,
    RelationKind,
    Scan,
    Section,
    SectionKind,
    Span,
    Status,
)

if TYPE_CHECKING:
    from index.build import build_library
    from index.evaluation import Evaluation, evaluate
    from index.language.numbers import TYPE_NAMES, find_numbers
    from index.language.text import fold
    from index.library import Library
    from index.progress import Progress
    from index.reading.form import read_directives
    from index.reading.tools import Tools
    from index.searching.encoder import Encoder, load_encoder
    from index.searching.names import newest_first
    from index.validity import Edge, Missing, Standing, Validity

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
    "Edge": "index.validity",
    "Missing": "index.validity",
    "Standing": "index.validity",
    "Validity": "index.validity",
    "read_directives": "index.reading.form",
    "Tools": "index.reading.tools",
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
    "Edge",
    "Encoder",
    "Evaluation",
    "Findings",
    "Hit",
    "Library",
    "LibraryError",
    "LibraryInfo",
    "Missing",
    "Passage",
    "Printed",
    "Progress",
    "Quote",
    "ReadError",
    "Reading",
    "Reference",
    "Relation",
    "RelationKind",
    "Scan",
    "Section",
    "SectionKind",
    "Skipped",
    "Span",
    "Standing",
    "Status",
    "Tools",
    "Trouble",
    "Validity",
    "build_library",
    "evaluate",
    "find_numbers",
    "fold",
    "load_encoder",
    "newest_first",
    "read_directives",
]


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
