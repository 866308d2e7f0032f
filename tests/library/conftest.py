"""The parts that tests of the library give to the cast."""

import pytest


@pytest.fixture
def author(cast):
    return cast["member"]


@pytest.fixture
def reviewer(cast):
    return cast["reviewer"]
