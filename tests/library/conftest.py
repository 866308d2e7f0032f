"""What tests of the library stand on beside the cast."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_indonesian():
    """A request in English leaves its language behind in the thread: not for the next test."""
    with translation.override("id"):
        yield
