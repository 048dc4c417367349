"""What an administrator says of a file, in ``FILE.yaml`` beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path

import yaml
from pydantic import ValidationError

from index.errors import BadSidecar
from index.language.numbers import TYPE_NAMES, find_numbers, house_type
from index.language.symbols import types_spelled
from index.language.text import printed
from index.types import Audience, Frozen, Pages, Reference, Relation, RelationKind, Scan

SUFFIX = ".yaml"


class Correction(Frozen):
    """A misread word or phrase, everywhere on a page (everywhere in the file where no page is said)."""

    read: str
    meant: str
    page: int | None = None


class Attached(Frozen):
    """The paper that was issued with the decision of the same file."""

    title: str | None = None
    type: str | None = None


class Sidecar(Frozen):
    """What an administrator says of a file, in ``FILE.yaml`` beside it; what is given overrides what was read.

    ``title``, ``type``: of the decision, where another paper is attached to it. ``corrections``: of misread words, in
    their order. ``relations``: beside those that were read; without spans.
    """

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    date: Date | None = None
    title: str | None = None
    audience: Audience = None
    sample: bool | None = None
    draft: bool | None = None
    attached: Attached | None = None
    corrections: tuple[Correction, ...] = ()
    relations: tuple[Relation, ...] = ()


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of this file stands: its whole name plus ``.yaml``."""
    return path.with_name(path.name + SUFFIX)


def read_sidecar(path: Path, *, name: str) -> Sidecar:
    """The sidecar of the file at ``path``; an empty one where there is none. Raises BadSidecar naming the key.

    ``name``: path of the file in the corpus; the file is left out with its sidecar.
    """
    sidecar = sidecar_of(path)
    if not sidecar.exists():
        return Sidecar()
    try:
        text = sidecar.read_text(encoding="utf-8-sig")
        content, twice = yaml.safe_load(text) or {}, _key_said_twice(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:  # an impossible date is a ValueError
        raise BadSidecar(path=name, fault="unreadable", key="", value=" ".join(str(error).split())) from error
    if not isinstance(content, dict):
        raise BadSidecar(path=name, fault="no_mapping", key="", value="")
    if twice:
        raise BadSidecar(path=name, fault="unreadable", key=twice, value="said twice")
    try:
        said = Sidecar.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        fault = "unknown_key" if first["type"] == "extra_forbidden" else "bad_value"
        key = ".".join(str(part) for part in first["loc"])
        raise BadSidecar(path=name, fault=fault, key=key, value=first["input"]) from error
    if said.number and len(find_numbers(said.number)) != 1:
        raise BadSidecar(path=name, fault="bad_value", key="number", value=said.number)
    for key, kind in (("type", said.type), ("attached.type", said.attached.type if said.attached else None)):
        if kind and not _is_type(kind):
            raise BadSidecar(path=name, fault="bad_value", key=key, value=kind)
    for place, correction in enumerate(said.corrections):
        if not printed(correction.read):
            raise BadSidecar(path=name, fault="bad_value", key=f"corrections.{place}.read", value=correction.read)
    for place, relation in enumerate(said.relations):
        if wrong := _fault_of(relation):
            raise BadSidecar(path=name, fault="bad_value", key=f"relations.{place}.{wrong[0]}", value=wrong[1])
    return said


def corrected(pages: Pages, corrections: Sequence[Correction], *, name: str) -> Pages:
    """The pages with the words that were meant, and these words no longer weak.

    Raises BadSidecar for a correction that meets nothing, rather than leave it unused without a word.
    """
    for correction in corrections:
        changed = [
            _corrected_page(lines, correction) if correction.page in (None, page) else lines
            for page, lines in enumerate(pages.pages, start=1)
        ]
        met = {page for page, (old, new) in enumerate(zip(pages.pages, changed, strict=True), start=1) if old != new}
        if not met and printed(correction.read) != printed(correction.meant):
            raise unused(name, "corrections", correction.read)
        scans = tuple(_trusted(scan, correction) if scan.page in met else scan for scan in pages.scans)
        pages = pages.model_copy(update={"pages": tuple(changed), "scans": scans})
    return pages


def unused(name: str, key: str, value: str) -> BadSidecar:
    """The error of a key that has nothing in the file to apply to."""
    return BadSidecar(path=name, fault="bad_value", key=key, value=value)


def _corrected_page(lines: tuple[str, ...], correction: Correction) -> tuple[str, ...]:
    """A phrase may be broken over lines; an emptied line goes, since an empty one would end a paragraph."""
    words = r"[ \n]".join(map(re.escape, printed(correction.read).split(" ")))
    meant = printed(correction.meant).split()

    def replaced(match: re.Match[str]) -> str:
        before, broken, _ = match[0].partition("\n")
        count = len(before.split()) if broken else len(meant)
        return " ".join(meant[:count]) + broken + " ".join(meant[count:])

    page = "\n".join(lines)
    new = re.sub(rf"(?:(?<!\w)|(?!\w)){words}(?:(?!\w)|(?<!\w))", replaced, page)  # never inside a word
    if new == page:
        return lines
    was_empty = {place for place, line in enumerate(lines) if not line}
    after = [printed(line) for line in new.split("\n")]
    return tuple(line for place, line in enumerate(after) if line or place in was_empty)


def _trusted(scan: Scan, correction: Correction) -> Scan:
    words = set(correction.read.split())
    return scan.model_copy(update={"weak_words": tuple(word for word in scan.weak_words if word not in words)})


def _fault_of(relation: Relation) -> tuple[str, str] | None:
    """The key and value that make no sense in what is said of another paper."""
    if relation.span or relation.words:
        return "span", "not said in a sidecar"
    if relation.kind in (RelationKind.IN_FORCE_FROM, RelationKind.EXPIRES_ON):
        if relation.reference is not None:
            return "reference", relation.reference.words
        return None if relation.date else ("date", "")
    return _fault_of_reference(relation.reference)


def _fault_of_reference(reference: Reference | None) -> tuple[str, str] | None:
    if reference is None or not (reference.number or reference.words.strip()):
        return "reference", ""
    if reference.number and len(find_numbers(reference.number)) != 1:
        return "reference.number", reference.number
    return None


def _key_said_twice(text: str) -> str | None:
    """The first key that stands there a second time; YAML would let the last value win without a word."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    keys = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    return next((key for place, key in enumerate(keys) if key in keys[:place]), None)


def _is_type(words: str) -> bool:
    return words in TYPE_NAMES or house_type(words) is not None or bool(types_spelled(words))
