"""What an administrator says of a file, in ``FILE.yaml`` beside it."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import yaml
from pydantic import ValidationError

from index.errors import BadSidecar
from index.language.numbers import TYPE_NAMES, find_numbers, house_type
from index.language.symbols import types_spelled
from index.types import Audience, Frozen, Relation

SUFFIX = ".yaml"


class Correction(Frozen):
    """A misread word or phrase, everywhere on a page (everywhere in the file where no page is said)."""

    read: str
    meant: str
    page: int | None = None


class Sidecar(Frozen):
    """What an administrator says of a file, in ``FILE.yaml`` beside it; what is given overrides what was read.

    ``corrections``: of scanned pages. ``relations``: beside those that were read; without spans.
    """

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    date: Date | None = None
    title: str | None = None
    audience: Audience = None
    sample: bool | None = None
    draft: bool | None = None
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
    if said.type and not _is_type(said.type):
        raise BadSidecar(path=name, fault="bad_value", key="type", value=said.type)
    return said


def _key_said_twice(text: str) -> str | None:
    """The first key that stands there a second time; YAML would let the last value win without a word."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    keys = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    return next((key for place, key in enumerate(keys) if key in keys[:place]), None)


def _is_type(words: str) -> bool:
    return words in TYPE_NAMES or house_type(words) is not None or bool(types_spelled(words))
