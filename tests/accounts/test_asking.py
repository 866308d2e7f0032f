"""Questions whose SQL is written once answer as those that are written anew."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_site.accounts import asking
from cop_site.accounts.asking import written_once
from cop_site.accounts.models import Membership, User
from cop_site.forums.models import Forum, Topic
from cop_site.forums.selectors import lists, reading

from ..forums import factories

pytestmark = pytest.mark.django_db
LEVELS = ("publik", "jaringan", "kelompok", "organisasi", "pengelola")


@pytest.fixture
def forums(cast, circle, organisation):
    """A forum of each level, with a topic that stands and one that was deleted."""
    made = [factories.forum(level, visibility=level, circle=circle, organisation=organisation) for level in LEVELS]
    for forum in made:
        for hidden_at in (None, "2026-01-01T00:00+07:00"):
            Topic.objects.create(forum=forum, starter=cast["colleague"], title="Perdes", slug="perdes", last_number=1, hidden_at=hidden_at)
    return made


def test_everybody_gets_what_the_queryset_says_also_after_somebody_else_of_the_same_role(cast, forums):
    for viewer in cast.values():
        seen = {pk for pk in Topic.objects.values_list("pk", flat=True) if reading.topic_for(pk, viewer)}
        listed = [row.forum for row in lists.forum_rows(viewer)]
        called = {forum for forum in forums if lists.forum_called(forum.slug, viewer)}

        assert seen == set(Topic.objects.visible_to(viewer).values_list("pk", flat=True))
        assert listed == list(Forum.objects.visible_to(viewer).in_order())
        assert called == set(listed)


def test_a_right_that_ended_is_gone_with_the_next_question(cast, forums):
    inside = Topic.objects.get(forum=forums[3], hidden_at=None)
    before = reading.topic_for(inside.pk, cast["colleague"])

    Membership.objects.filter(person=cast["colleague"]).update(started_on=date(2026, 1, 1), ended_on=date(2026, 1, 2))

    assert (before, reading.topic_for(inside.pk, cast["colleague"])) == (inside, None)


def test_rows_bring_what_was_selected_with_them_and_nothing_is_asked_later(cast, forums):
    topic = Topic.objects.filter(forum=forums[0], hidden_at=None).get()
    reading.topic_for(topic.pk, cast["member"])

    with CaptureQueriesContext(connection) as asked:
        found = reading.topic_for(topic.pk, cast["member"])
        names = (found.forum.name, found.starter.name)

    assert (len(asked), names) == (1, (forums[0].name, cast["colleague"].name))


def test_values_that_never_reach_the_database_are_an_error_and_no_wrong_answer(cast):
    @written_once
    def doubled(viewer, *, pk):
        return User.objects.filter(pk=pk * 2)

    with pytest.raises(ValueError, match="never reach"):
        doubled(cast["member"], pk=4)


def test_lists_words_and_numbers_each_find_their_place(cast):
    @written_once
    def chosen(viewer, *, people, handle, after):
        return User.objects.filter(pk__in=people, pk__gt=after).exclude(handle=handle).order_by("pk")

    one, two, three = sorted((cast["member"], cast["colleague"], cast["moderator"]), key=lambda person: person.pk)

    first = chosen(one, people=[one.pk, two.pk, three.pk], handle=two.handle, after=0)
    second = chosen(one, people=[three.pk, two.pk, one.pk], handle=one.handle, after=two.pk)
    none = chosen(one, people=[], handle="x", after=0)

    assert (first, second, none) == ([one, three], [three], [])


def test_what_was_written_yesterday_is_forgotten():
    today = date(2026, 11, 22)
    written = {("member", today - timedelta(days=1), ()): "old"}

    asking._forget_yesterday(written, today)

    assert written == {}
