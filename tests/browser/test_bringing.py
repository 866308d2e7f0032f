"""A file of records on its way in, as the secretariat sees it: a bar that moves by itself, and a link where no script runs."""

import json

import pytest
from django.urls import reverse

from cop_site.library.models import ImportRun, Practice
from tests import factories

LINE = {"id": "p-1", "language": "id", "title": "Pos tanya di balai desa", "body": "Warga datang bertanya."}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_goes_all_the_way_and_the_page_tells_how_far_it_is(site, new_context, scripts):
    steward = factories.person("sekretariat", role="secretariat")
    context = new_context(java_script_enabled=scripts)
    site.sign_in(context, steward)
    page = context.new_page()
    file = {"name": "a.jsonl", "mimeType": "application/json", "buffer": json.dumps(LINE).encode()}

    page.goto(reverse("import-desk"))
    page.set_input_files("[name=upload]", file)
    page.locator("form[data-form=import] button").click()
    page.locator("progress").wait_for()
    site.let_follow()
    if not scripts:
        page.locator("main section a").click()
    page.locator("form[data-form=run-import] button").click()
    page.locator("progress").wait_for()
    site.let_follow()
    if not scripts:
        page.locator("main section a").click()
    page.locator(".notice[data-tone=good]").wait_for()

    assert ImportRun.objects.get().state == "done"
    assert Practice.objects.unscoped("a test").get().external_id == "p-1"
