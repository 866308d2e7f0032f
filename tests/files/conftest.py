"""A place of their own for the bytes of each test."""

import pytest


@pytest.fixture(autouse=True)
def file_root(settings, tmp_path):
    settings.FILE_ROOT = tmp_path / "files"
    return settings.FILE_ROOT
