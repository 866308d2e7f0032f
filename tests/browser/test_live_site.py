"""The live site itself: what all walks stand on."""

import pytest

from cop_site.accounts.models import User


def test_the_home_page_answers_in_both_languages(site, page):
    answered = [page.goto(path).status for path in ("/", "/en/")]

    assert answered == [200, 200]
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("round_of_two", [1, 2])
def test_each_test_finds_the_tables_as_they_were_at_first(site, round_of_two):
    assert User.objects.filter(email="tamu@contoh.example").count() == 0

    User.objects.create_user("tamu@contoh.example", "Tamu")


def test_a_context_can_be_signed_in(site, new_context):
    person = User.objects.create_user("anggota@contoh.example", "Anggota Uji", role="member")
    context = new_context()

    site.sign_in(context, person)

    page = context.new_page()
    page.goto("/")
    assert page.locator("#menu .menu-name").text_content() == "Anggota Uji"
