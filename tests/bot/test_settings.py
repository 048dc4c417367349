import os
import re
from datetime import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import texts
from bot.errors import BadSettings
from bot.settings import Settings, load_settings
from tests.conftest import REPOSITORY


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


SECRETS = (
    "database_url",
    "secret_key",
    "telegram_token",
    "telegram_webhook_secret",
    "zalo_token",
    "zalo_webhook_secret",
    "writer_key",
)
GOOD_SECRETS = {
    "database_url": "postgresql://bot:p%40ss@db.local:5432/bot",
    "secret_key": "sixteen letters!",
    "telegram_token": "42:aB-c_d",
    "telegram_webhook_secret": "aB-c_d",
    "zalo_token": "1234:aBcd",
    "zalo_webhook_secret": "8letters",
    "writer_key": "sk-3letters",
}


def test_these_settings_are_secrets():
    assert {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)} == {*SECRETS}


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_may_be_given_or_stand_in_a_file_and_is_never_shown(monkeypatch, tmp_path, name):
    key, secret = f"BOT_{name.upper()}", GOOD_SECRETS[name]
    monkeypatch.setenv(key, secret)
    given = load_settings()
    monkeypatch.delenv(key)
    (tmp_path / "secret").write_text(f"{secret}\n", encoding="utf-8")
    monkeypatch.setenv(f"{key}_FILE", str(tmp_path / "secret"))
    read = load_settings()
    assert getattr(given, name).get_secret_value() == getattr(read, name).get_secret_value() == secret
    assert secret not in f"{given!r} {given} {read!r}"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("BOT_TELEGRAM_TOKEN", "no-digits-and-colon"),
        ("BOT_TELEGRAM_TOKEN", "42:with/slash"),
        ("BOT_ZALO_TOKEN", "42 : blanks"),
        ("BOT_TELEGRAM_WEBHOOK_SECRET", "a" * 257),
        ("BOT_TELEGRAM_WEBHOOK_SECRET", "bí-mật"),
        ("BOT_ZALO_WEBHOOK_SECRET", "7letter"),
        ("BOT_ZALO_WEBHOOK_SECRET", "a" * 257),
        ("BOT_ZALO_WEBHOOK_SECRET", "with blanks"),
        ("BOT_SECRET_KEY", "fifteen letters"),
        ("BOT_DATABASE_URL", "mysql://a:hunter2@b/c"),
        ("BOT_DATABASE_URL", "postgresql://a:hun@ter2@b/c"),
        ("BOT_DATABASE_URL", "postgresql://a:hunter2@b:port/c"),
        ("BOT_DATABASE_URL", "sqlite://hunter2"),
        ("BOT_DATABASE_URL", "sqlite:///"),
        ("BOT_DATABASE_URL", "sqlite:///:memory:"),
    ],
)
def test_a_secret_of_another_form_is_named_and_not_shown(monkeypatch, key, value):
    monkeypatch.setenv(key, value)
    assert problems_of() == (texts.SETTING_BAD.format(key=key, value=texts.HIDDEN, needed=texts.SETTINGS[key]),)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("BOT_TELEGRAM_API_URL", "api.telegram.org"),
        ("BOT_TELEGRAM_API_URL", "https://api.telegram.org/bot"),
        ("BOT_ZALO_API_URL", "ftp://zalo"),
        ("BOT_ZALO_API_URL", "https://zalo/?a=b"),
        ("BOT_PUBLIC_URL", "tracuu.vn"),
        ("BOT_PUBLIC_URL", "https://"),
        ("BOT_PUBLIC_URL", "https://a.vn:port"),
        ("BOT_WEB_ADDRESS", "8080"),
        ("BOT_WEB_ADDRESS", "localhost:65536"),
        ("BOT_WEB_ADDRESS", "::1:80"),
        ("BOT_WEB_ADDRESS", "http://localhost:80"),
        ("BOT_TIMEZONE", "Asia/Saigon City"),
        ("BOT_TIMEZONE", "../zone"),
        ("BOT_REINDEX_AT", "24:00"),
        ("BOT_REINDEX_AT", "7200"),
        ("BOT_REINDEX_AT", "never"),
        ("BOT_TELEGRAM_AUDIENCE", "committee"),
        ("BOT_ZALO_AUDIENCE", "all"),
        ("BOT_PUBLIC_ANSWERS", "perhaps"),
        ("BOT_ALLOW_SAMPLES", "2"),
        ("BOT_INVITATION_DAYS", "0"),
        ("BOT_QUESTIONS_PER_MINUTE", "many"),
        ("BOT_QUESTION_LOG_DAYS", "-1"),
        ("BOT_SEND_WORKERS", "65"),
        ("BOT_UPLOAD_MEGABYTES", "201"),
        ("BOT_ORGANIZATION", "  "),
        ("BOT_ADMIN_NAME", " "),
        ("BOT_STATE_DIR", " "),
        ("BOT_WRITER_URL", "localhost:11434"),
        ("BOT_WRITER_SECONDS", "0"),
        ("BOT_WRITER_SECONDS", "inf"),
    ],
)
def test_a_value_that_cannot_be_used_is_shown_with_what_is_needed(monkeypatch, key, value):
    monkeypatch.setenv(key, value)
    (line,) = problems_of()
    assert line == texts.SETTING_BAD.format(key=key, value=value, needed=texts.SETTINGS[key])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("BOT_TELEGRAM_API_URL", "https://api.telegram.org/bot42:s3cret"),
        ("BOT_ZALO_API_URL", "https://zalo.vn/bot42:s3cret/sendMessage"),
        ("BOT_PUBLIC_URL", "https://me:s3cret@tracuu.vn"),
    ],
)
def test_a_secret_inside_an_address_is_not_shown(monkeypatch, key, value):
    monkeypatch.setenv(key, value)
    (line,) = problems_of()
    assert line.startswith(f"{key}: ")
    assert "s3cret" not in line


def test_addresses_are_kept_without_a_slash_at_their_end(monkeypatch):
    monkeypatch.setenv("BOT_TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    monkeypatch.setenv("BOT_ZALO_API_URL", "http://127.0.0.1:8082/zalo/")
    monkeypatch.setenv("BOT_PUBLIC_URL", "https://tracuu.vn/")
    settings = load_settings()
    assert (settings.telegram_api_url, settings.zalo_api_url, settings.public_url) == (
        "http://127.0.0.1:8081",
        "http://127.0.0.1:8082/zalo",
        "https://tracuu.vn",
    )


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:80", ("::1", 80)),
        (":8080", ("127.0.0.1", 8080)),
    ],
)
def test_the_web_address_names_a_host_and_a_port(monkeypatch, address, endpoint):
    monkeypatch.setenv("BOT_WEB_ADDRESS", address)
    assert load_settings().web_endpoint == endpoint


def test_without_a_web_address_there_is_none():
    assert load_settings().web_endpoint is None


@pytest.mark.parametrize(
    ("said", "kept"), [("03:30", time(3, 30)), ("3:05", time(3, 5)), ("off", None), ("OFF", None), ("", time(2, 0))]
)
def test_the_nightly_look_has_its_time_or_is_off(monkeypatch, said, kept):
    monkeypatch.setenv("BOT_REINDEX_AT", said)
    assert load_settings().reindex_at == kept


def test_the_time_zone_is_that_of_vietnam_unless_another_is_named(monkeypatch):
    assert str(load_settings().zone) == "Asia/Ho_Chi_Minh"
    monkeypatch.setenv("BOT_TIMEZONE", "UTC")
    assert str(load_settings().zone) == "UTC"


def test_the_database_is_a_file_of_the_state_folder_unless_another_is_named(monkeypatch):
    monkeypatch.setenv("BOT_STATE_DIR", "/srv/state")
    assert load_settings().database == "sqlite:////srv/state/state.sqlite3"
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://a:b@c/d")
    assert load_settings().database == "postgresql://a:b@c/d"


def test_a_webhook_secret_needs_no_public_address_to_run(monkeypatch):
    monkeypatch.setenv("BOT_ZALO_WEBHOOK_SECRET", GOOD_SECRETS["zalo_webhook_secret"])
    assert load_settings().public_url is None


def test_an_endpoint_for_written_answers_needs_the_name_of_a_model(monkeypatch):
    monkeypatch.setenv("BOT_WRITER_URL", "http://localhost:11434/v1")
    (line,) = problems_of()
    assert texts.SETTINGS["BOT_WRITER_MODEL"] in line
    monkeypatch.setenv("BOT_WRITER_MODEL", "qwen3:8b")
    assert load_settings().writer_url == "http://localhost:11434/v1"


EXAMPLE = REPOSITORY / ".env.example"
_LINE = re.compile(r"^#(BOT_\w+)=(.*)$", re.MULTILINE)


def test_the_example_names_every_setting_and_no_other():
    assert [key for key, _ in _LINE.findall(EXAMPLE.read_text(encoding="utf-8"))] == [
        f"BOT_{name.upper()}" for name in Settings.model_fields
    ]


def test_every_setting_of_the_example_is_told_in_both_languages():
    for part in EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]:
        *told, _ = lines = part.splitlines()
        assert all(line.startswith("# ") for line in told), part
        assert (len(_LINE.findall(part)), len(lines) >= 3) == (1, True), part


def test_the_example_changes_nothing_when_its_lines_are_switched_on(monkeypatch):
    """Those of the defaults; where there is none, the example shows a form, which must be a good one."""
    text = EXAMPLE.read_text(encoding="utf-8")
    Path(".env").write_text(_LINE.sub(r"\1=\2", text), encoding="utf-8")
    shown, defaults = load_settings(), Settings(_env_file=None)
    for name, field in Settings.model_fields.items():
        if field.default is not None:
            assert getattr(shown, name) == getattr(defaults, name), name
        else:
            assert getattr(shown, name) is not None, name
