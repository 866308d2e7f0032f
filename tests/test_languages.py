"""Every sentence for people stands in both languages: a missing or doubtful one fails here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/id/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """The catalogue as extraction would leave it today."""
    copy = tmp_path_factory.mktemp("words")
    for name in ("cop_site", "templates", "locale"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    command = [sys.executable, "-m", "django", "makemessages", "-l", "id", "--no-location", "--no-obsolete", "-v0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": ""}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    return polib.pofile(str(copy / CATALOGUE))


def test_no_sentence_lacks_its_indonesian(extracted):
    lacking = [entry.msgid for entry in extracted if not (entry.msgstr or entry.msgstr_plural.get(0))]

    assert lacking == []


def test_no_translation_is_doubtful(extracted):
    assert [entry.msgid for entry in extracted if entry.fuzzy] == []


def test_the_catalogue_holds_no_sentence_that_nobody_says(extracted):
    kept = {entry.msgid for entry in polib.pofile(str(ROOT / CATALOGUE))}

    assert kept == {entry.msgid for entry in extracted}


def test_placeholders_survive_translation(extracted):
    import re

    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    broken = [
        entry.msgid
        for entry in extracted
        if set(placeholder.findall(entry.msgstr or entry.msgstr_plural.get(0, "")))
        != set(placeholder.findall(entry.msgid_plural or entry.msgid))
    ]

    assert broken == []
