"""What an administrator fills in about a paper, as its sidecar says it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from bot import texts
from bot.answering.citation import spoken_date
from bot.errors import ChildFailed
from bot.people.audiences import parse_audience, with_known_cell
from index import Directive, ReadError, read_sidecar

KEYS: Final = ("number", "type", "issuer", "date", "title", "audience")
ATTACHED: Final = {"attached_type": "type", "attached_title": "title"}
"""What the form calls the keys below ``attached``."""
_LONGEST: Final = 500
_SHAPES: Final = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")

Facts = dict[str, Any]
"""The content of a sidecar."""


def shown_values(directive: Directive, said: Mapping[str, Any], *, audience: str) -> dict[str, str]:
    """What the form is filled with: what the sidecar says, else what was read."""
    read = {
        "number": directive.number,
        "type": directive.type_name or directive.type,
        "issuer": directive.issuer,
        "date": directive.date,
        "title": directive.title,
    }
    values = {key: _typed(said.get(key, value)) for key, value in read.items()}
    return {**values, "audience": audience}


def shown_of_attached(attached: Directive, said: Mapping[str, Any]) -> dict[str, str]:
    """As `shown_values`, of the paper that was issued with the one above it in the file."""
    facts = said.get("attached")
    facts = facts if isinstance(facts, dict) else {}
    read = {"type": attached.type_name or attached.type, "title": attached.title}
    return {field: _typed(facts.get(key, read[key])) for field, key in ATTACHED.items()}


def changed_of_attached(
    given: Mapping[str, str], shown: Mapping[str, str], before: Mapping[str, Any]
) -> tuple[Facts, dict[str, str]]:
    """As `changed_facts`: the whole of ``attached``, where anything of it is otherwise than it was shown."""
    facts, faults = changed_facts(given, shown, cells=None, keys=tuple(ATTACHED))
    if not facts or faults:
        return {}, faults
    said = {**(before.get("attached") or {}), **{ATTACHED[field]: value for field, value in facts.items()}}
    return {"attached": {key: value for key, value in said.items() if value is not None} or None}, {}


def _typed(value: object) -> str:
    if isinstance(value, date):
        return spoken_date(value)
    return "" if value is None else str(value)


def changed_facts(
    given: Mapping[str, str],
    shown: Mapping[str, str],
    *,
    cells: Iterable[str] | None,
    keys: Sequence[str] = KEYS,
) -> tuple[Facts, dict[str, str]]:
    """What was filled in otherwise than it was shown, None for what shall be as the paper says; and by key, why a value
    cannot be used.
    """
    facts: Facts = {}
    faults: dict[str, str] = {}
    for key in keys:
        value = " ".join(given.get(key, shown.get(key, "")).split())
        if value == shown.get(key, ""):
            continue
        facts[key], fault = _parsed(key, value, cells) if value else (None, "")
        if fault:
            faults[key] = fault
    return facts, faults


def _parsed(key: str, value: str, cells: Iterable[str] | None) -> tuple[object, str]:
    if len(value) > _LONGEST:
        return None, texts.READ_FAULT_LONG.format(limit=_LONGEST)
    if key == "date":
        day = day_of(value)
        return day, "" if day else texts.READ_FAULT_DATE.format(value=value)
    if key == "audience":
        audience = parse_audience(value)
        audience = with_known_cell(audience, cells) if audience and cells is not None else audience
        return audience, "" if audience else texts.READ_FAULT_AUDIENCE.format(value=value)
    return value, ""


def day_of(text: str) -> date | None:
    """``5/2/2026`` or ``2026-02-05``."""
    for shape in _SHAPES:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    return None


def faults_of(facts: Facts, *, name: str) -> dict[str, str]:
    """By key, why a file could not be read with such a sidecar; empty for a good one. ``name``: of the file."""
    with tempfile.TemporaryDirectory(prefix="sidecar-") as folder:
        path = Path(folder) / Path(name).name
        path.with_name(f"{path.name}.yaml").write_bytes(yaml_of(facts))
        try:
            read_sidecar(path, name=name)
        except ReadError as error:
            return fault_text(error)
    return {}


def fault_text(error: ReadError | ChildFailed) -> dict[str, str]:
    """The field that an error is about, and what is said of it; no field where it is about the whole."""
    whole, value = error.facts.get("key", ""), error.facts.get("value", "")
    key = next((field for field, inner in ATTACHED.items() if whole == f"attached.{inner}"), whole.partition(".")[0])
    if key in (*KEYS, *ATTACHED, "draft", "corrections"):
        return {key: texts.READ_FAULT_VALUE.format(value=value)}
    return {"": texts.skip_text(error.code, error.facts)}


def yaml_of(facts: Facts) -> bytes:
    text: str = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1000)
    return text.encode()
