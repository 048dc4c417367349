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
    """The sidecar of the file at ``path``; an empty one where there is none. Raises BadSidecar naming the key."""
    sidecar = sidecar_of(path)
    name += SUFFIX
    if not sidecar.exists():
        return Sidecar()
    try:
        content = yaml.safe_load(sidecar.read_text(encoding="utf-8-sig")) or {}
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:  # an impossible date is a ValueError
        raise BadSidecar(path=name, key="", detail=" ".join(str(error).split())) from error
    if not isinstance(content, dict):
        raise BadSidecar(path=name, key="", detail="lines of the form 'key: value' are expected")
    try:
        return Sidecar.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadSidecar(path=name, key=".".join(str(part) for part in first["loc"]), detail=first["msg"]) from error
