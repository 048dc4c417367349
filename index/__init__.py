"""The face of the retrieval library: everything that an application imports, loaded when it is first named."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import LibraryError, ReadError
from index.findings import Findings, Hit, Passage, Quote
from index.report import BuildReport, LibraryInfo, Share, Skipped, Trial, Trouble
from index.types import (
    Directive,
    DirectiveId,
    DocumentNumber,
    Due,
    Duty,
    Printed,
    Reading,
    Recurrence,
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
    from index.history import Difference, Version, differences, forget_versions, versions, wording, words_changed
    from index.language.numbers import TYPE_NAMES, find_numbers
    from index.language.text import fold
    from index.library import Library
    from index.progress import Progress, Stage
    from index.reading.binding import bind_pictures
    from index.reading.bodies import rank_of
    from index.reading.form import read_directives
    from index.reading.page_pictures import PICTURED, page_picture
    from index.reading.sidecar import Sidecar, read_sidecar, sidecar_of
    from index.reading.tools import Tools, find_tools
    from index.resolving import number_key
    from index.rollback import Rollback, roll_back
    from index.searching.differing import differing
    from index.searching.encoder import Encoder, load_encoder
    from index.searching.explaining import Explained
    from index.searching.names import newest_first, of_type_said
    from index.searching.snapshot import RolledBack, rolled_back
    from index.trying import Check
    from index.validity import Edge, Missing, Standing, Validity

_LAZY = {
    "Encoder": "index.searching.encoder",
    "Evaluation": "index.evaluation",
    "Explained": "index.searching.explaining",
    "Library": "index.library",
    "Progress": "index.progress",
    "Stage": "index.progress",
    "TYPE_NAMES": "index.language.numbers",
    "bind_pictures": "index.reading.binding",
    "build_library": "index.build",
    "evaluate": "index.evaluation",
    "differing": "index.searching.differing",
    "find_numbers": "index.language.numbers",
    "fold": "index.language.text",
    "load_encoder": "index.searching.encoder",
    "newest_first": "index.searching.names",
    "number_key": "index.resolving",
    "of_type_said": "index.searching.names",
    "rank_of": "index.reading.bodies",
    "Difference": "index.history",
    "Version": "index.history",
    "forget_versions": "index.history",
    "differences": "index.history",
    "versions": "index.history",
    "wording": "index.history",
    "words_changed": "index.history",
    "Rollback": "index.rollback",
    "roll_back": "index.rollback",
    "RolledBack": "index.searching.snapshot",
    "rolled_back": "index.searching.snapshot",
    "Check": "index.trying",
    "Edge": "index.validity",
    "Missing": "index.validity",
    "Standing": "index.validity",
    "Validity": "index.validity",
    "PICTURED": "index.reading.page_pictures",
    "page_picture": "index.reading.page_pictures",
    "Sidecar": "index.reading.sidecar",
    "read_sidecar": "index.reading.sidecar",
    "sidecar_of": "index.reading.sidecar",
    "read_directives": "index.reading.form",
    "Tools": "index.reading.tools",
    "find_tools": "index.reading.tools",
}
"""What pulls in heavy libraries (FAISS, tantivy): imported when it is first used, so that ``--help`` answers at
once.
"""

__all__ = [
    "PICTURED",
    "TYPE_NAMES",
    "BuildReport",
    "Check",
    "Difference",
    "Directive",
    "DirectiveId",
    "DocumentNumber",
    "Due",
    "Duty",
    "Edge",
    "Encoder",
    "Evaluation",
    "Explained",
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
    "Recurrence",
    "Reference",
    "Relation",
    "RelationKind",
    "Rollback",
    "RolledBack",
    "Scan",
    "Section",
    "SectionKind",
    "Share",
    "Sidecar",
    "Skipped",
    "Span",
    "Stage",
    "Standing",
    "Status",
    "Tools",
    "Trial",
    "Trouble",
    "Validity",
    "Version",
    "bind_pictures",
    "build_library",
    "differences",
    "differing",
    "evaluate",
    "find_numbers",
    "find_tools",
    "fold",
    "forget_versions",
    "load_encoder",
    "newest_first",
    "number_key",
    "of_type_said",
    "page_picture",
    "rank_of",
    "read_directives",
    "read_sidecar",
    "roll_back",
    "rolled_back",
    "sidecar_of",
    "versions",
    "wording",
    "words_changed",
]


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
