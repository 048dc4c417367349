import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import BadSettings
from bot.settings import Settings, load_settings


class WithSecret(Settings):
    telegram_token: SecretStr | None = None


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch, tmp_path):
    for key in [key for key in os.environ if key.upper().startswith("BOT_")]:
        monkeypatch.delenv(key)
    monkeypatch.chdir(tmp_path)


def problems_of(kind: type[Settings] = Settings, **flags: object) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as caught:
        load_settings(kind, **flags)
    return caught.value.problems


def test_nothing_given_gives_the_defaults():
    settings = load_settings()
    assert (settings.corpus_dir, settings.library_dir, settings.encoder) == (
        Path("docs_corpus"),
        Path("library"),
        "built-in",
    )


def test_a_flag_goes_before_the_environment_and_that_before_the_file(monkeypatch):
    Path(".env").write_text("BOT_CORPUS_DIR=file\nBOT_LIBRARY_DIR=file\nBOT_ENCODER=file\n", encoding="utf-8")
    monkeypatch.setenv("BOT_LIBRARY_DIR", "environment")
    monkeypatch.setenv("BOT_ENCODER", "environment")
    settings = load_settings(encoder="flag", corpus_dir=None)
    assert (settings.corpus_dir, settings.library_dir, settings.encoder) == (Path("file"), Path("environment"), "flag")


def test_an_empty_value_counts_as_not_given(monkeypatch):
    monkeypatch.setenv("BOT_LOG_LEVEL", "")
    monkeypatch.setenv("BOT_UNKNOWN", "")
    assert load_settings().log_level == "WARNING"


def test_all_bad_keys_are_reported_at_once(monkeypatch):
    Path(".env").write_text("BOT_ENCODR=x\nOTHER_KEY=1\n", encoding="utf-8")
    monkeypatch.setenv("BOT_LOG_LEVEL", "loud")
    monkeypatch.setenv("BOT_NOTHING_LIKE_IT", "1")
    assert {line.split(":")[0] for line in problems_of()} == {"BOT_ENCODR", "BOT_LOG_LEVEL", "BOT_NOTHING_LIKE_IT"}


def test_a_misspelt_key_is_answered_with_the_one_that_was_meant(monkeypatch):
    monkeypatch.setenv("BOT_LIBARY_DIR", "x")
    assert "có phải BOT_LIBRARY_DIR?" in problems_of()[0]


def test_a_bad_value_is_named_with_what_is_needed(monkeypatch):
    monkeypatch.setenv("BOT_LOG_LEVEL", "loud")
    (line,) = problems_of()
    assert "“loud”" in line
    assert "DEBUG, INFO, WARNING, ERROR" in line


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "token").write_text("42:abc\n", encoding="utf-8")
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    settings = load_settings(WithSecret)
    assert isinstance(settings, WithSecret)
    assert settings.telegram_token == SecretStr("42:abc")


def test_a_secret_is_given_once(monkeypatch, tmp_path):
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", "42:abc")
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    (line,) = problems_of(WithSecret)
    assert line.startswith("BOT_TELEGRAM_TOKEN ")
    assert "42:abc" not in line


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN_FILE", str(tmp_path / "none"))
    assert str(tmp_path / "none") in problems_of(WithSecret)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"BOT_ENCODER=\xe0\xff\n", "không phải UTF-8"),
        (b"BOT_ENCODER=x\nnot a setting\n", "dòng 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(content, said):
    Path(".env").write_bytes(content)
    (line,) = problems_of()
    assert (".env" in line, said in line) == (True, True)


def test_a_file_that_may_not_be_opened_is_one_line(monkeypatch):
    Path(".env").write_text("BOT_ENCODER=x\n", encoding="utf-8")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    assert "Permission denied" in problems_of()[0]


@pytest.mark.parametrize("flag", ["corpus_dir", "library_dir", "encoder"])
@pytest.mark.parametrize("value", ["", " ", "a\udce0"])
def test_an_empty_or_unprintable_flag_is_named(flag, value):
    (line,) = problems_of(**{flag: value})
    assert line.startswith(f"BOT_{flag.upper()}:")
