"""What an administrator says of a file, in ``FILE.yaml`` beside it."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from index.errors import BadSidecar
from index.types import Sidecar

SUFFIX = ".yaml"


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
        content = yaml.safe_load(sidecar.read_text(encoding="utf-8-sig")) or {}
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:  # an impossible date is a ValueError
        raise BadSidecar(path=name, fault="unreadable", key="", value=" ".join(str(error).split())) from error
    if not isinstance(content, dict):
        raise BadSidecar(path=name, fault="no_mapping", key="", value="")
    try:
        return Sidecar.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        fault = "unknown_key" if first["type"] == "extra_forbidden" else "bad_value"
        key = ".".join(str(part) for part in first["loc"])
        raise BadSidecar(path=name, fault=fault, key=key, value=first["input"]) from error
