"""Settings from the environment (``BOT_…``) and ``.env``, overridden by flags; all bad keys are reported at once."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import texts
from bot.errors import BadSettings

PREFIX: Final = "BOT_"
_FILE: Final = "_FILE"


class Settings(BaseSettings):
    """``encoder``: ``built-in``, or a sentence-transformers model by name or path."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, case_sensitive=False, extra="ignore", frozen=True
    )

    corpus_dir: Path = Path("docs_corpus")
    library_dir: Path = Path("library")
    encoder: str = "built-in"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    @field_validator("corpus_dir", "library_dir", "encoder", mode="before")
    @classmethod
    def _is_sayable(cls, value: object) -> object:
        """Neither empty, which would be the folder one stands in, nor with bytes that are no UTF-8."""
        if not str(value).strip():
            raise ValueError("empty")
        str(value).encode("utf-8")  # UnicodeEncodeError is a ValueError
        return value


Some = TypeVar("Some", bound=Settings)


def load_settings(kind: type[Some] | None = None, *, env_file: Path = Path(".env"), **flags: object) -> Some | Settings:
    """The settings; a flag that is None was not given.

    A secret key may name a file that holds the value: ``KEY_FILE``. Raises BadSettings with a line for every bad key.
    """
    model: type[Settings] = kind or Settings
    file, problems = _read_file(env_file)
    given = _given(file)
    secrets, bad_secrets = _read_secrets(model, given)
    problems += bad_secrets
    problems += [_unknown(key, model) for key in given if key.removeprefix(PREFIX).lower() not in _known_fields(model)]
    given_flags = {name: value for name, value in flags.items() if value is not None}
    readable = None if problems else env_file
    try:
        settings = model(_env_file=readable, _env_file_encoding="utf-8-sig", **{**secrets, **given_flags})  # type: ignore[arg-type]
    except ValidationError as error:
        problems += _bad_values(model, error)
    if problems:
        raise BadSettings(problems)
    return settings


def _read_file(path: Path) -> tuple[Mapping[str, str | None], list[str]]:
    """What the file sets, and a problem for each line that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    except OSError as error:
        return {}, [texts.SETTINGS_FILE.format(path=path, detail=error.strerror)]
    except UnicodeDecodeError:
        return {}, [texts.SETTINGS_FILE.format(path=path, detail=texts.NOT_UTF8)]
    bad = [binding.original.line for binding in parse_stream(io.StringIO(text)) if binding.error]
    if bad:
        return {}, [texts.SETTINGS_LINE.format(path=path, line=line) for line in bad]
    return dotenv_values(stream=io.StringIO(text)), []


def _given(file: Mapping[str, str | None]) -> dict[str, str]:
    """Every ``BOT_`` key that has a value; the environment goes before the file."""
    merged = {**file, **os.environ}
    return {key.upper(): value for key, value in merged.items() if value and key.upper().startswith(PREFIX)}


def _secret_fields(model: type[Settings]) -> Iterator[str]:
    return (name for name, field in model.model_fields.items() if "SecretStr" in str(field.annotation))


def _known_fields(model: type[Settings]) -> set[str]:
    return {*model.model_fields, *(f"{name}{_FILE}".lower() for name in _secret_fields(model))}


def _read_secrets(model: type[Settings], given: Mapping[str, str]) -> tuple[dict[str, SecretStr], list[str]]:
    secrets, problems = {}, []
    for name in _secret_fields(model):
        key = f"{PREFIX}{name.upper()}"
        path = given.get(key + _FILE)
        if path and key in given:
            problems.append(texts.SETTING_TWICE.format(key=key))
        elif path:
            try:
                secrets[name] = SecretStr(Path(path).read_text(encoding="utf-8").strip())
            except (OSError, UnicodeDecodeError) as error:
                problems.append(
                    texts.SETTING_SECRET_FILE.format(
                        key=key + _FILE, path=path, detail=getattr(error, "strerror", error)
                    )
                )
    return secrets, problems


def _unknown(key: str, model: type[Settings]) -> str:
    known = sorted(f"{PREFIX}{name.upper()}" for name in _known_fields(model))
    close = get_close_matches(key, known, n=1, cutoff=0.7)
    suggestion = texts.SETTING_SUGGESTION.format(key=close[0]) if close else ""
    return texts.SETTING_UNKNOWN.format(key=key, suggestion=suggestion, known=", ".join(known))


def _bad_values(model: type[Settings], error: ValidationError) -> list[str]:
    secret = set(_secret_fields(model))
    problems = []
    for bad in error.errors():
        name = str(bad["loc"][0]).lower().removeprefix(PREFIX.lower())
        key = f"{PREFIX}{name.upper()}"
        value: Any = texts.HIDDEN if name in secret else bad["input"]
        problems.append(texts.SETTING_BAD.format(key=key, value=value, needed=texts.SETTINGS.get(key, bad["msg"])))
    return problems
