"""A file with every practice of the canary's world: one secret in its name and caption, another in its bytes."""

from typing import Any

from django.utils import timezone

from cop_site.files import keeping
from cop_site.files.models import StoredFile
from cop_site.library.models import Practice, PracticeFile

NAME = "berkas.txt"  # in the address it says nothing


def plant(world: Any, practice: Practice, readers: set[str], about: str) -> None:
    """List a file in the row and in its newest revision; ``readers`` find its name on a page and its bytes at its address."""
    shown = world.plant(f"{about}, file's name", readers, must=set(readers))
    inside = world.plant(f"{about}, file's bytes", readers, must=set(readers))
    file = StoredFile.objects.create(
        name=f"{shown}.txt",
        media_type="text/plain; charset=utf-8",
        size=len(inside),
        text=f"Isi {shown}",
        uploaded_by=world.people["author"],
        created_at=timezone.now(),
    )
    place = keeping.place_of(file.pk)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(inside)
    PracticeFile.objects.create(practice=practice, file=file)
    practice.attachments = [*practice.attachments, {"file": str(file.pk), "caption": f"Judul {shown}"}]
    world.samples.setdefault("file", []).append(file.pk)
