"""The words of Wagtail's screens in Indonesian: each is a word that Wagtail says, and none stands without its placeholders."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.conf import settings
from django.utils.translation import gettext, override

OVERLAY = settings.ROOT / "locale/wagtail_overlay/id/LC_MESSAGES/django.po"
OURS = settings.ROOT / "locale/id/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def overlay():
    return polib.pofile(str(OVERLAY))


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_every_word_is_one_that_wagtail_says(name):
    catalogues = Path(wagtail.__file__).parent.glob(f"**/locale/en/LC_MESSAGES/{name}")
    said = {entry.msgid for catalogue in catalogues for entry in polib.pofile(str(catalogue))}

    told = polib.pofile(str(OVERLAY.with_name(name)))

    assert len(told) > 60
    assert [entry.msgid for entry in told if entry.msgid not in said] == []


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_no_word_is_missing_or_lost_its_placeholders(name):
    told = polib.pofile(str(OVERLAY.with_name(name)))
    placeholder = re.compile(r"%\(\w+\)[sd]|<[^>]+>")

    pairs = [(entry.msgid_plural or entry.msgid, entry.msgstr_plural.get(0) if entry.msgid_plural else entry.msgstr) for entry in told]

    assert [said for said, told in pairs if not told or set(placeholder.findall(said)) != set(placeholder.findall(told))] == []


def test_editors_read_it_and_our_own_words_come_first(overlay):
    ours = {entry.msgid: entry.msgstr for entry in polib.pofile(str(OURS)) if entry.msgstr and not entry.msgctxt}

    with override("id"):
        read = {entry.msgid: gettext(entry.msgid) for entry in overlay if not entry.msgid_plural}

    assert read == {entry.msgid: ours.get(entry.msgid, entry.msgstr) for entry in overlay if not entry.msgid_plural}
