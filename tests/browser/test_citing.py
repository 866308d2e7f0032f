"""The sentence to cite: copied with one touch where a script may, there to be selected where none runs."""

import pytest

from cop_site.library.citing.citation import citation_of
from tests import factories

# Wagtail leaves the file that it draws a rendition into to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def test_the_sentence_is_copied_and_stands_there_without_a_script(site, new_context):
    practice = factories.practice(None, title="Meja informasi di balai desa", visibility="publik", html={})
    citation = citation_of(practice, viewer=None)
    sentence = f"{citation.author}. (t.t.). {practice.title} [{citation.kind_label}]. {citation.url}"
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(practice.get_absolute_url())

    page.locator("copy-text button").click()
    page.locator("copy-text [role=status]", has_text="Tersalin").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(practice.get_absolute_url())

    assert copied == sentence
    assert " ".join(plain.locator("copy-text p").inner_text().split()) == sentence
    assert not plain.locator("copy-text button").is_visible()
    assert plain.locator("#kutip a[download]").all_inner_texts() == ["BibTeX", "RIS", "CSL-JSON", "CSV"]
