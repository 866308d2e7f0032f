"""A topic of ``member``, and in it a post of ``member2`` that ``colleague`` reported."""

import pytest

from tests.moderation.factories import post, reported, talk


@pytest.fixture
def topic(cast):
    return talk(cast["member"])


@pytest.fixture
def case(cast, topic):
    return reported(post(cast["member2"], topic), cast["colleague"])
