"""What is done with kept files; whose they are, and who may do it, is asked by those who list them."""

from django.db import transaction

from . import keeping
from .models import StoredFile


@transaction.atomic
def discard(file: StoredFile) -> None:
    """The row is gone with the deed that calls this, the bytes the moment it is certain."""
    file_id = file.pk
    file.delete()
    transaction.on_commit(lambda: keeping.drop(file_id))
