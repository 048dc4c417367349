"""Settings from the environment (``BOT_…``) and ``.env``, overridden by flags; all bad keys are reported at once."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import texts
from bot.digest.schedule import QuietHours, Schedule, parse_quiet, parse_schedule
from bot.errors import BadSettings
from bot.setting_kinds import (
    ApiKey,
    ApiURL,
    DatabaseURL,
    Endpoint,
    Folder,
    Key,
    Planned,
    Quiet,
    Said,
    TelegramSecret,
    TimeOfDay,
    Token,
    WebURL,
    ZaloSecret,
    Zone,
    endpoint_of,
)

PREFIX: Final = "BOT_"
_FILE: Final = "_FILE"
_MAY_BE_EMPTY: Final = ("quiet_hours",)
"""An empty value of these says something; of all others it counts as not given."""
_IN_ADDRESS: Final = re.compile(r"(?<=/bot)\d+:[^/]+|(?<=//)[^/@]*(?=@)")


class Settings(BaseSettings):
    """``encoder``: ``built-in``, or a sentence-transformers model by name or path. ``questions_dir``: the
    administrators' own question sets, may be absent. ``quality_margin``: what a new library may lose on them.
    ``answer_threshold``: the confidence from which there is an answer, None for the one that was fitted.

    ``state_dir``: what the bot itself keeps (database, key, uploads). ``database_url``: None is SQLite in there.
    ``…_api_url``: the platform's base address without ``/bot<TOKEN>``. ``…_webhook_secret``: set, the platform calls
    us; unset, it is polled. ``…_audience``: the most that this channel may show. ``web_address``: ``host:port``.
    ``public_url``: where people reach the web page, without a slash at its end. ``reindex_at``: local time of the
    nightly look at the corpus, None for none. ``relations_at_once``: what a directive says in so many words of others
    counts without an administrator. ``digest_quiet_week``: what somebody gets to whom there is nothing to
    tell. ``digest_read_names``: secretaries see who has read the digest, not only how many.
    ``writer_url``: of an OpenAI-compatible endpoint, as far as ``/v1``; ``writer_seconds``: the longest that an answer
    waits for it.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, case_sensitive=False, extra="ignore", frozen=True
    )

    corpus_dir: Folder = Path("docs_corpus")
    library_dir: Folder = Path("library")
    encoder: Said = "built-in"
    questions_dir: Folder = Path("questions")
    answer_threshold: float | None = Field(default=None, ge=0, le=1, allow_inf_nan=False)
    quality_margin: float = Field(default=0.05, ge=0, le=1, allow_inf_nan=False)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    state_dir: Folder = Path("state")
    database_url: DatabaseURL | None = None
    secret_key: Key | None = None

    telegram_token: Token | None = None
    telegram_api_url: ApiURL = "https://api.telegram.org"
    telegram_webhook_secret: TelegramSecret | None = None
    telegram_audience: Literal["public", "member"] = "member"
    zalo_token: Token | None = None
    zalo_api_url: ApiURL = "https://bot-api.zaloplatforms.com"
    zalo_webhook_secret: ZaloSecret | None = None
    zalo_audience: Literal["public", "member"] = "member"
    web_address: Endpoint | None = None
    public_url: WebURL | None = None

    organization: Said = "Đảng ủy"
    admin_name: Said | None = None
    public_answers: bool = False
    allow_samples: bool = False
    relations_at_once: bool = True
    invitation_days: int = Field(default=14, ge=1, le=365)
    questions_per_minute: int = Field(default=30, ge=1)
    question_log_days: int = Field(default=90, ge=1)
    send_workers: int = Field(default=8, ge=1, le=64)
    upload_megabytes: int = Field(default=20, ge=1, le=200)
    reindex_at: Annotated[time | None, TimeOfDay] = time(2, 0)
    timezone: Zone = "Asia/Ho_Chi_Minh"
    quiet_hours: Quiet = "21:30-06:00"
    digest_at: Planned = Field(default="monday 07:30", validate_default=True)
    digest_quiet_week: Literal["line", "skip"] = "line"
    digest_read_names: bool = False

    writer_url: WebURL | None = None
    writer_model: Said | None = Field(default=None, validate_default=True)
    writer_key: ApiKey | None = None
    writer_seconds: float = Field(default=4, gt=0, le=30, allow_inf_nan=False)

    @field_validator("digest_at")
    @classmethod
    def _is_not_quiet(cls, value: str, info: ValidationInfo) -> str:
        schedule, quiet = parse_schedule(value), parse_quiet(info.data.get("quiet_hours", ""))
        if schedule and quiet and quiet.cover(schedule.at):
            raise ValueError("within the quiet hours")
        return value

    @field_validator("writer_model")
    @classmethod
    def _goes_with_an_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("writer_url"):
            raise ValueError("none, with an address")
        return value

    @property
    def schedule(self) -> Schedule | None:
        """None: no digest goes out by itself."""
        return parse_schedule(self.digest_at)

    @property
    def quiet(self) -> QuietHours | None:
        """None: people may be written to at any hour."""
        return parse_quiet(self.quiet_hours)

    @property
    def upload_limit(self) -> int:
        """Bytes."""
        return self.upload_megabytes * 2**20

    @property
    def state_file(self) -> Path:
        """Where the database is while no other is set."""
        return self.state_dir / "state.sqlite3"

    @property
    def database(self) -> str:
        """The URL of the database."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.state_file}"

    @property
    def web_endpoint(self) -> tuple[str, int] | None:
        """Host and port to listen at."""
        return endpoint_of(self.web_address) if self.web_address else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


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
    given_flags = _emptied(file) | {name: value for name, value in flags.items() if value is not None}
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


def _emptied(file: Mapping[str, str | None]) -> dict[str, str]:
    merged = {key.upper(): value for key, value in {**file, **os.environ}.items()}
    return {name: "" for name in _MAY_BE_EMPTY if merged.get(f"{PREFIX}{name.upper()}") == ""}


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
        value = texts.HIDDEN if name in secret else _without_secrets(str(bad["input"]))
        problems.append(texts.SETTING_BAD.format(key=key, value=value, needed=texts.SETTINGS.get(key, bad["msg"])))
    return problems


def _without_secrets(value: str) -> str:
    """A token or a password may stand in an address where it does not belong."""
    return _IN_ADDRESS.sub(texts.HIDDEN, value)
