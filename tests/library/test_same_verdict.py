"""One text, one verdict: in the form, in a deed, in an import, in a file, on the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cop_site.files.cleaning.outcome import Cleaned
from cop_site.files.intake import Incoming
from cop_site.library import rules
from cop_site.library.actions import Offer
from cop_site.library.forms import NoteForm, ShareForm
from cop_site.library.importing.content import record_of
from cop_site.library.importing.weighing import Wish, weigh
from cop_site.screening import actions as screening
from cop_site.screening.guard import screen
from tests.library.factories import make_practice, whole_form
from tests.screening import corpus

pytestmark = pytest.mark.django_db

EXAMPLES = corpus.development()


def verdicts(found):
    return {(finding.type, finding.action) for finding in found}


def test_the_form_says_what_the_guard_says(cast, organisation):
    differs = []

    for example in EXAMPLES:
        form = ShareForm(whole_form(organisation, problem=example.text), author=cast["member"])
        form.is_valid()
        told = {finding.action for finding in form.findings.get("problem", [])}
        asks = "warn_reason" in form.errors
        if told != {hit.action for hit in screen(example.text)} or asks != ("warn" in told):
            differs.append(example.name)

    assert differs == []


def test_the_deed_says_what_the_guard_says(cast, organisation):
    differs = []

    for example in EXAMPLES:
        refused = set()
        try:
            make_practice(cast["member"], problem=example.text)
        except rules.NotReady as refusal:
            refused = {finding.action for finding in refusal.findings}
        if refused != {hit.action for hit in screen(example.text)}:
            differs.append(example.name)

    assert differs == []


def test_the_import_says_what_the_guard_says(db):
    differs = []

    for example in EXAMPLES:
        told = record_of({"id": example.name, "title": "Catatan", "language": "id", "summary": example.text})
        weighed = weigh(None, told, Wish(is_published=True, level="publik"))
        found = verdicts(screen(example.text))
        said = {(kind, "block") for kind in weighed.types} | {(kind, "warn") for kind in weighed.warned}
        if said != found or weighed.is_published != (not weighed.types):
            differs.append(example.name)

    assert differs == []


def test_the_text_of_a_file_and_a_note_say_what_the_guard_says(db):
    differs = []

    for example in EXAMPLES:
        found = screen(example.text)
        file = Incoming("catatan.pdf", Cleaned("pdf", text=example.text), Path("catatan.pdf"))
        note = NoteForm({"text": example.text})
        note.is_valid()
        if verdicts(Offer.of(file, caption="").findings) != verdicts(found) or len(note.findings.get("text", [])) != len(found):
            differs.append(example.name)

    assert differs == []


def test_the_command_says_what_the_guard_says(tmp_path):
    path, out = tmp_path / "texts.jsonl", StringIO()
    path.write_text("\n".join(json.dumps({"id": example.name, "text": example.text}) for example in EXAMPLES))

    call_command("check_text", str(path), stdout=out)

    for example, line in zip(EXAMPLES, out.getvalue().splitlines(), strict=True):
        said = json.loads(line)
        found = [{"type": hit.type, "action": hit.action, "start": hit.start, "end": hit.end} for hit in screen(example.text)]
        assert (said["id"], said["findings"]) == (example.name, found)


def test_words_that_are_blocked_are_told_alike_by_form_deed_import_file_and_command(cast, organisation, tmp_path):
    screening.watch_word(by=cast["moderator"], pattern="gaji tinggi", action="block")
    text, out, path = "Tawarannya: g4ji tinggi.", StringIO(), tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text}))

    form = ShareForm(whole_form(organisation, problem=text), author=cast["member"])
    is_taken = form.is_valid() and not form.findings
    with pytest.raises(rules.NotReady) as refusal:
        make_practice(cast["member"], problem=text)
    told = record_of({"id": "a", "title": "Catatan", "language": "id", "summary": text})
    weighed = weigh(None, told, Wish(is_published=True, level="jaringan"))
    file = Offer.of(Incoming("catatan.pdf", Cleaned("pdf", text=text), Path("catatan.pdf")), caption="")
    call_command("check_text", str(path), stdout=out)

    assert (is_taken, form.findings["problem"][0].mask) == (False, "g4ji tinggi")
    assert verdicts(refusal.value.findings) == verdicts(file.findings) == {("watched", "block")}
    assert (weighed.types, weighed.is_published) == (("watched",), False)
    assert json.loads(out.getvalue())["findings"] == [{"type": "watched", "action": "block", "start": 12, "end": 23}]
