"""What the demo leaves alone: a piece that cannot be made, and a site that is not a demo."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from cop_site.accounts.models import User
from cop_site.demo.models import Planted
from cop_site.demo.planting import once

pytestmark = pytest.mark.django_db


def test_a_piece_that_cannot_be_made_any_more_is_left_out_and_leaves_no_trace():
    def share_though_suspended():
        User.objects.create_user("kanari@people.example", "Kanari")
        raise PermissionDenied

    planted = once("practice:kanari", share_though_suspended)

    assert planted is None
    assert Planted.objects.count() == 0
    assert User.objects.filter(email="kanari@people.example").count() == 0


def test_a_real_site_refuses_the_demo(settings):
    settings.IS_DEMO = False

    with pytest.raises(CommandError, match="COP_MODE=production"):
        call_command("seed_demo")

    assert User.objects.filter(email__endswith="@demo.example").count() == 0
