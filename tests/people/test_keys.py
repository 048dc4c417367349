from __future__ import annotations

import stat
import threading

import pytest

from bot.errors import FileMissing
from bot.people.keys import KEY_FILE, Keys, load_keys


def test_a_hash_depends_on_the_key_the_purpose_and_the_value(keys):
    others = [keys.hash("code", "2"), keys.hash("session", "1"), Keys("another").hash("code", "1")]
    assert keys.hash("code", "1") == keys.hash("code", "1")
    assert keys.hash("code", "1") not in others
    assert len(keys.hash("code", "1")) == 64


def test_a_purpose_and_a_value_are_not_taken_for_one_another(keys):
    assert keys.hash("ab", "c") != keys.hash("a", "bc")


def test_a_signature_gives_back_what_was_signed(keys):
    assert keys.signed("file", keys.sign("file", "quy-định 19"), seconds=60) == "quy-định 19"


def test_a_signature_is_worth_nothing_for_another_purpose_another_key_or_when_it_was_changed(keys):
    signature = keys.sign("file", "19")
    body, _, rest = signature.partition(".")
    assert keys.signed("page", signature, seconds=60) is None
    assert Keys("another").signed("file", signature, seconds=60) is None
    assert keys.signed("file", f"{body}x.{rest}", seconds=60) is None
    assert keys.signed("file", "", seconds=60) is None


def test_a_signature_runs_out(keys):
    assert keys.signed("file", keys.sign("file", "19"), seconds=-1) is None


def test_the_key_of_the_settings_goes_before_the_file(tmp_path):
    assert load_keys("given", state_dir=tmp_path).hash("a", "b") == Keys("given").hash("a", "b")
    assert not (tmp_path / KEY_FILE).exists()


def test_the_state_folder_is_made_for_its_owner_even_when_the_key_is_set(tmp_path):
    load_keys("given", state_dir=tmp_path / "a" / "state")
    assert stat.S_IMODE((tmp_path / "a" / "state").stat().st_mode) == 0o700
    assert list((tmp_path / "a" / "state").iterdir()) == []


def test_without_a_setting_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = load_keys(None, state_dir=tmp_path / "state")
    again = load_keys(None, state_dir=tmp_path / "state")
    path = tmp_path / "state" / KEY_FILE
    assert first.hash("a", "b") == again.hash("a", "b")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text()) == 64
    assert [file.name for file in path.parent.iterdir()] == [KEY_FILE]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    start = threading.Barrier(8)
    hashes = []

    def load() -> None:
        start.wait()
        hashes.append(load_keys(None, state_dir=tmp_path).hash("a", "b"))

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(hashes) == 8
    assert len(set(hashes)) == 1


def test_a_key_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "state").write_text("a file, not a folder")
    with pytest.raises(FileMissing, match=KEY_FILE):
        load_keys(None, state_dir=tmp_path / "state")
