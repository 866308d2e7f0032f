"""Who reads a row, asked both ways: the rows of a person, and the people of a row."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.accounts import policy
from cop_site.accounts.models import Level, User
from cop_site.accounts.readers import readers_of
from cop_site.forums.models import Forum
from tests import factories
from tests.forums.factories import forum

pytestmark = pytest.mark.django_db

KINDS = sorted(policy.ALL_KINDS)


@pytest.fixture
def rows(cast, organisation):
    """A row of each level; those of circles and authors are of several people."""
    in_circles = [cast[part] for part in ("member", "observer", "researcher", "suspended", "expired_researcher", "applicant")]
    circles = [factories.circle(cast["convenor"], *in_circles), factories.circle(cast["convenor"], *in_circles, days=-1)]
    factories.membership(cast["researcher"], organisation)
    factories.membership(cast["observer"], organisation)
    made = [forum(level, visibility=level) for level in ("publik", "jaringan", "pengelola")]
    made += [forum(f"lingkar {one.pk}", visibility=Level.CIRCLE, circle=one) for one in circles]
    made.append(forum("lembaga", visibility=Level.ORGANISATION, organisation=organisation))
    for part in ("member", "researcher", "observer", "suspended", "expired_researcher", "applicant"):
        made += [forum(f"{level} {part}", visibility=level, author=cast[part]) for level in (Level.PRIVATE, Level.STEWARDS)]
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_the_people_of_a_row_are_those_who_see_it(cast, rows, kind):
    gone = factories.person("Tidak aktif", is_active=False)
    ends_today = factories.person("Hari terakhir", role="member", role_until=timezone.localdate())
    over = factories.person("Sudah lewat", role="moderator", role_until=timezone.localdate() - timedelta(days=1))
    people = [one for part, one in cast.items() if part != "visitor"] + [gone, ends_today, over]
    sees = {one.pk: set(Forum.objects.filter(policy.seen_by(one, kind=kind)).values_list("pk", flat=True)) for one in people}

    for row in rows:
        readers = set(User.objects.filter(readers_of(row, kind=kind)).values_list("pk", flat=True))
        expected = {pk for pk, seen in sees.items() if row.pk in seen}
        if row.visibility == Level.PUBLIC:  # everybody reads it; told of it are people who were admitted
            expected = {one.pk for one in people if policy.role_of(one) in policy.CIRCLE_READERS}
        assert (row.slug, readers) == (row.slug, expected)
