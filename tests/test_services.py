"""What only the real PostgreSQL and Redis can show. script/test starts them and runs this with their addresses."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection

from cop_site.vocabulary.models import Province, Regency

pytestmark = [pytest.mark.services, pytest.mark.django_db]


def test_every_migration_and_vocabulary_goes_into_postgresql():
    assert connection.vendor == "postgresql"
    assert Province.objects.count() == 38


def test_limits_are_kept_in_redis():
    caches["default"].set("test-services", "kept", timeout=5)

    assert isinstance(caches["default"], RedisCache)
    assert caches["default"].get("test-services") == "kept"


@pytest.mark.django_db(transaction=True)
def test_a_committing_test_may_empty_a_table():
    Regency.objects.all().delete()

    assert Regency.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_and_the_next_one_finds_everything_again():
    assert Regency.objects.count() == 514
