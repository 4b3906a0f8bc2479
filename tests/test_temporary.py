"""Temporary folders, and what killed processes leave of them."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time

import pytest

from autograder.temporary import temporary_folder

FORK = multiprocessing.get_context("fork")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def hold(ready):
    with temporary_folder("some-"):
        ready.set()
        time.sleep(600)


def held_by_a_process():
    ready = FORK.Event()
    process = FORK.Process(target=hold, args=(ready,))
    process.start()
    assert ready.wait(60)
    return process


def an_hour_ago(folder):
    for path in folder.iterdir():
        os.utime(path, (0, 0))


def test_a_folder_ends_with_its_context(tmp_path):
    with temporary_folder("some-") as folder:
        (folder / "file").write_text("text")
    assert not list(tmp_path.iterdir())


def test_what_a_killed_process_left_goes_when_it_is_old(tmp_path):
    process = held_by_a_process()
    an_hour_ago(tmp_path)
    with temporary_folder("some-"):
        assert len(list(tmp_path.iterdir())) == 2  # it is still held
    process.kill()
    process.join()
    with temporary_folder("other-"):
        assert len(list(tmp_path.iterdir())) == 2
    with temporary_folder("some-") as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_a_new_folder_stays_though_its_lock_is_still_to_come(tmp_path):
    (tmp_path / "some-new").mkdir()
    with temporary_folder("some-"):
        assert (tmp_path / "some-new").exists()


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("text")
    (tmp_path / "some-link").symlink_to(tmp_path / "kept")
    os.utime(tmp_path / "some-link", (0, 0), follow_symlinks=False)
    with temporary_folder("some-"):
        assert (tmp_path / "kept" / "file").exists()
