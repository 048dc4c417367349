"""What was read wrongly, put right in the sidecar, which is written whole and whose forerunner is kept."""

from __future__ import annotations

import hashlib
import logging
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import yaml
from pydantic import ValidationError

from bot import texts
from bot.channels.web.corpus_desk import Correcting as Given
from bot.channels.web.corpus_desk import Correction, Form, Saved
from bot.corpus.child import Job, Said
from bot.corpus.corrections import (
    Facts,
    changed_facts,
    changed_of_attached,
    fault_text,
    faults_of,
    shown_of_attached,
    shown_values,
    yaml_of,
)
from bot.corpus.overriding import override_for
from bot.corpus.staging import Staging
from bot.errors import ChildFailed
from bot.people.audiences import audience_label
from bot.state import audit, overrides
from index import Directive, Printed, sidecar_of

if TYPE_CHECKING:
    from bot.state.database import Database

logger = logging.getLogger(__name__)

_DRAFT: Final = {"yes": True, "no": False, "": None}
_SECONDS: Final = 120
_MOST: Final = 500
"""Corrections of one file."""


class Unusable(Exception):
    """A sidecar that was broken by hand; the text says how."""


class Correcting:
    """``cells``: those of the roll. ``aside``: a folder for trying; ``read``: reads a file where it can do no harm,
    raises ChildFailed. ``closed``: why nothing may be written, empty where it may.
    """

    def __init__(
        self,
        staging: Staging,
        database: Database,
        *,
        cells: Callable[[], Iterable[str]],
        aside: Path,
        read: Callable[[Job], Said],
        closed: str = "",
    ) -> None:
        self._staging = staging
        self._database = database
        self._cells = cells
        self._aside = aside
        self._read = read
        self._closed = closed
        self._one_at_a_time = Lock()

    def form(self, directive: Directive, audience: str | None, *, attached: Directive | None = None) -> Form:
        """``audience``: that administrators set for it. ``attached``: what was issued with it, in the same file."""
        data = self._data(directive)
        try:
            facts = _facts_of(data)
        except Unusable:
            facts = {}
        draft = facts.get("draft")
        return Form(
            values=_shown(directive, facts, audience, attached),
            corrections=tuple(_corrections(facts)),
            mark=_mark(data),
            draft="" if draft is None else "yes" if draft else "no",
            has_attached=attached is not None,
        )

    def save(
        self,
        directive: Directive,
        audience: str | None,
        given: Given,
        *,
        printed: Printed,
        by: str,
        now: datetime,
        attached: Directive | None = None,
    ) -> Saved:
        """``audience``, ``attached``: as in `form`. ``printed``: what was before the eyes of whoever corrects.

        ``by``: for the audit log.
        """
        if self._closed:
            return Saved(faults={"": self._closed})
        with self._one_at_a_time:
            path = self._path(directive)
            if path is None:
                return Saved(faults={"": texts.READ_FAULT_GONE})
            data = self._data(directive)
            if given.mark != _mark(data):
                return Saved(faults={"": texts.READ_FAULT_CHANGED})
            try:
                before = _facts_of(data)
            except Unusable as error:
                return Saved(faults={"": texts.READ_FAULT_SIDECAR.format(problem=error)})
            shown = _shown(directive, before, audience, attached)
            changes, faults = self._changes(given, before, shown, printed=printed)
            after = {key: value for key, value in {**before, **changes}.items() if value is not None}
            if changes and not faults:
                faults = self._tried(path, directive, after, scanned=bool(printed.scans or printed.unread))
            if faults or not changes:
                return Saved(faults=faults)
            return self._write(directive, after, changed=changes, by=by, now=now)

    def _changes(
        self, given: Given, before: Facts, shown: Mapping[str, str], *, printed: Printed
    ) -> tuple[Facts, dict[str, str]]:
        changes, faults = changed_facts(given.values, shown, cells=list(self._cells()))
        of_attached, its_faults = changed_of_attached(given.values, shown, before)
        changes, faults = {**changes, **of_attached}, {**faults, **its_faults}
        if (draft := _DRAFT.get(given.values.get("draft", ""))) != before.get("draft"):
            changes["draft"] = draft
        standing = _corrections(before)
        fault = _fault_of(given.corrections, printed, new=[each for each in given.corrections if each not in standing])
        if fault:
            faults["corrections"] = fault
        elif list(given.corrections) != standing:
            changes["corrections"] = [each.model_dump(exclude_none=True) for each in given.corrections] or None
        return changes, faults

    def _tried(self, path: Path, directive: Directive, after: Facts, *, scanned: bool) -> dict[str, str]:
        """Why the file could not be read with this sidecar. A scan is not read again for it, which takes minutes."""
        faults = faults_of(after, name=directive.file)
        if faults or scanned:
            return faults
        self._aside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".try-", dir=self._aside) as folder:
            copy = Path(folder) / directive.file
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.symlink_to(path.resolve())
            sidecar_of(copy).write_bytes(yaml_of(after))
            try:
                self._read(Job(task="read", corpus=Path(folder), file=directive.file, seconds=_SECONDS))
            except ChildFailed as error:
                return fault_text(error)
        return {}

    def _write(self, directive: Directive, after: Facts, *, changed: Facts, by: str, now: datetime) -> Saved:
        """Who may see it changes at once, as with ``/doituong``; all else with the next build."""
        try:
            with self._database.transaction() as db:
                keys = ", ".join(sorted(changed))
                audit.record(db, actor=by, action="corpus.correct", now=now, file=directive.file, keys=keys)
                if "audience" in changed:
                    audience, about = changed["audience"], directive.id
                    standing = override_for(overrides.everything(db), about, files=directive.files)
                    withdrawn = bool(standing and standing.withdrawn)  # it may have been while the file was tried
                    overrides.save(db, about, file=directive.file, audience=audience, withdrawn=withdrawn, now=now)
                    audit.record(
                        db, actor=by, action="directive.audience", now=now, directive=about, audience=audience or ""
                    )
                self._staging.write_sidecar(directive.file, yaml_of(after) if after else None, now=now)
        except OSError as error:
            logger.warning("the sidecar of %s could not be written: %s", directive.file, error)
            return Saved(faults={"": texts.READ_FAULT_DISK})
        return Saved(changed=True)

    def _path(self, directive: Directive) -> Path | None:
        path = self._staging.corpus / directive.file
        root = self._staging.corpus.resolve()
        return path if path.is_file() and path.resolve().is_relative_to(root) else None

    def _data(self, directive: Directive) -> bytes:
        """The bytes of the sidecar, empty where there is none."""
        sidecar = sidecar_of(self._staging.corpus / directive.file)
        return sidecar.read_bytes() if sidecar.is_file() else b""


def _shown(directive: Directive, facts: Facts, audience: str | None, attached: Directive | None) -> dict[str, str]:
    audience = audience or facts.get("audience") or directive.audience
    values = shown_values(directive, facts, audience=audience_label(audience) if audience else "")
    return {**values, **(shown_of_attached(attached, facts) if attached else {})}


def _facts_of(data: bytes) -> Facts:
    """What a sidecar says. Raises Unusable."""
    try:
        facts: Any = yaml.safe_load(data.decode("utf-8-sig")) or {}
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise Unusable(texts.SIDECAR_PROBLEMS["unreadable"].format(value=type(error).__name__)) from error
    if not isinstance(facts, dict):
        raise Unusable(texts.SIDECAR_PROBLEMS["no_mapping"])
    try:
        _corrections(facts)
    except ValidationError as error:
        problem = texts.SIDECAR_PROBLEMS["bad_value"].format(key="corrections", value=error.errors()[0]["input"])
        raise Unusable(problem) from error
    return {key: _day(value) if key == "date" else value for key, value in facts.items()}


def _day(value: object) -> object:
    """A date that was written as text is one all the same."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _corrections(facts: Facts) -> list[Correction]:
    """Those that stand there in their form; others are left to whoever wrote them."""
    rows = facts.get("corrections")
    rows = rows if isinstance(rows, list) else []
    return [Correction.model_validate(row) for row in rows if isinstance(row, dict) and row.keys() <= _PAIR]


_PAIR: Final = {"read", "meant", "page"}


def _fault_of(given: Sequence[Correction], printed: Printed, *, new: Sequence[Correction]) -> str:
    """One that meets nothing would keep the whole file out of the library."""
    pages = len(printed.page_starts)
    for each in new:
        if each.read.strip() and not _is_met(each, printed):
            return texts.READ_FAULT_NOT_MET.format(value=each.read)
    for each in given:
        if not (each.read.strip() and each.meant.strip()):
            return texts.READ_FAULT_PAIR
        if each.page is not None and not 1 <= each.page <= pages:
            return texts.READ_FAULT_PAGE.format(value=each.page)
    return texts.READ_FAULT_LONG.format(limit=_MOST) if len(given) > _MOST else ""


def _is_met(correction: Correction, printed: Printed) -> bool:
    words = r"\s+".join(map(re.escape, correction.read.split()))
    start, end = 0, len(printed.text)
    if correction.page is not None and 1 <= correction.page <= len(printed.page_starts):
        start = printed.page_starts[correction.page - 1]
        end = (*printed.page_starts, end)[correction.page]
    return re.search(rf"(?<!\w){words}", printed.text[start:end]) is not None


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
