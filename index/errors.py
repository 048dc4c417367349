"""The error tree of the library. Every class has a stable ``code``, its facts as attributes and an English message.

LibraryError
├── ReadError               one file; a build collects it in BuildReport.skipped and goes on
│   ├── EmptyFile, DamagedFile, MislabelledFile, PasswordProtected, NoTextLayer, NotPermitted
│   ├── NeedsOffice, TooLarge, TooManyPages, TooManyScans
│   ├── UnknownSuffix, OutsideCorpus, ClassifiedPaper
│   └── BadSidecar
├── CorpusMissing, BuildBusy, BuildFailed
├── LibraryMissing, LibraryDamaged, LibraryOutdated, HistoryDamaged
├── NoPreviousSnapshot, PreviousOutdated
├── EncoderMissing, EncoderMismatch
└── QuestionSetMissing, BadQuestionSet
"""

from __future__ import annotations

from typing import ClassVar


class LibraryError(Exception):
    """``facts`` are the keyword arguments it was raised with, as text; ``str(error)`` is the template filled with
    them.
    """

    code: ClassVar[str] = "library"
    template: ClassVar[str] = "the library failed"

    def __init__(self, **facts: object) -> None:
        self.facts = {name: str(value) for name, value in facts.items()}
        super().__init__(self.template.format_map(self.facts))


class ReadError(LibraryError):
    """One file cannot be taken in. Fact ``path``: relative to the corpus folder."""

    code = "unreadable"
    template = "{path}: cannot be read"


class EmptyFile(ReadError):
    code = "empty"
    template = "{path}: the file holds no text"


class DamagedFile(ReadError):
    """Fact ``detail``: what the reader of this format said."""

    code = "damaged"
    template = "{path}: the file is damaged ({detail})"


class MislabelledFile(ReadError):
    """The content is of another format than its suffix says, as a zip named .docx."""

    code = "mislabelled"
    template = "{path}: the content is not what the suffix {suffix} says"


class PasswordProtected(ReadError):
    code = "password"
    template = "{path}: the file is protected by a password"


class NoTextLayer(ReadError):
    code = "no_text_layer"
    template = (
        "{path}: only pictures of pages, and nothing could be read from them; install tesseract-ocr and"
        " tesseract-ocr-vie, or give a file with text"
    )


class TooLarge(ReadError):
    """Facts ``size``, ``limit``: megabytes."""

    code = "too_large"
    template = "{path}: {size} MB; files up to {limit} MB are read"


class TooManyPages(ReadError):
    code = "too_many_pages"
    template = "{path}: {pages} pages; up to {limit} are read"


class TooManyScans(ReadError):
    """Facts ``pages``, ``limit``: of those that are pictures."""

    code = "too_many_scans"
    template = "{path}: {pages} pages are pictures; up to {limit} are read in one file"


class NeedsOffice(ReadError):
    """Fact ``suffix``: of the format that only LibreOffice reads."""

    code = "needs_office"
    template = "{path}: LibreOffice is needed to read {suffix} files; install it, or save the file as .docx"


class NotPermitted(ReadError):
    code = "not_permitted"
    template = "{path}: the file may not be opened"


class UnknownSuffix(ReadError):
    code = "unknown_suffix"
    template = "{path}: files with the suffix {suffix!r} are not read; {known} are"


class OutsideCorpus(ReadError):
    code = "outside_corpus"
    template = "{path}: the link leaves the corpus folder"


class ClassifiedPaper(ReadError):
    """The paper or its file name carries a mark of state secrecy; its text is kept nowhere."""

    code = "classified"
    template = "{path}: marked {mark}; classified papers are never taken in"


class BadSidecar(ReadError):
    """A sidecar that cannot be used; its file is left out with it.

    Facts: ``key``, ``value``: where the fault is, empty where it is the whole file's. ``fault``: one of
    `SIDECAR_FAULTS`.
    """

    code = "bad_sidecar"
    template = "{path}: {fault} (key {key!r}, value {value!r})"


SIDECAR_FAULTS = ("unknown_key", "bad_value", "no_mapping", "unreadable", "no_file")


class CorpusMissing(LibraryError):
    code = "corpus_missing"
    template = "{folder}: no such folder"


class BuildBusy(LibraryError):
    code = "build_busy"
    template = "another build of {folder} is running"


class BuildFailed(LibraryError):
    """The new snapshot did not pass its check; the old one still answers."""

    code = "build_failed"
    template = "the new snapshot of {folder} was not switched on: {detail}"


class LibraryMissing(LibraryError):
    code = "library_missing"
    template = "{folder}: no library has been built here"


class LibraryDamaged(LibraryError):
    code = "library_damaged"
    template = "{folder}: the library cannot be opened ({detail})"


class LibraryOutdated(LibraryError):
    """The library was built by other code than this: its texts or terms may differ from what would be read now."""

    code = "library_outdated"
    template = "{folder}: the library was built by another version of this program"


class HistoryDamaged(LibraryError):
    """The file of earlier wordings cannot be read. A classified paper could not be taken out of it, so that nothing is
    built either.
    """

    code = "history_damaged"
    template = "{path}: the earlier versions cannot be read"


class HistoryClosed(LibraryError):
    """The file of earlier wordings is whole as far as is known, and cannot be opened now. Fact ``detail``: what SQLite
    or the system said.
    """

    code = "history_closed"
    template = "{path}: the earlier versions cannot be opened ({detail})"


class NoPreviousSnapshot(LibraryError):
    code = "no_previous"
    template = "{folder}: there is no earlier snapshot to go back to"


class PreviousOutdated(LibraryError):
    """The earlier snapshot was made by other code or another encoder: it would not answer as it did then."""

    code = "previous_outdated"
    template = "{folder}: the earlier snapshot was built by another version of this program, or with another encoder"


class EncoderMissing(LibraryError):
    code = "encoder_missing"
    template = "the encoder {name!r} cannot be loaded ({detail})"


class EncoderMismatch(LibraryError):
    """The library was built with another encoder than the one that is to answer."""

    code = "encoder_mismatch"
    template = "the library was built with {built!r}, but {wanted!r} is set"


class QuestionSetMissing(LibraryError):
    code = "question_set_missing"
    template = "{path}: no such file or folder"


class BadQuestionSet(LibraryError):
    code = "bad_question_set"
    template = "{path}: {detail}"
