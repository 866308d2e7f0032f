"""Harvesters and feeds go by when a row went public and changed for readers: rows from before say so too."""

from django.db import migrations
from django.db.models import F


def tell(apps, schema_editor):
    shelf = apps.get_model("library", "Practice").objects.filter(live=True).exclude(state="withdrawn")
    shelf.filter(shelf_changed_at=None).update(shelf_changed_at=F("last_published_at"))
    shelf.filter(visibility="publik", was_public_at=None).update(was_public_at=F("last_published_at"))


class Migration(migrations.Migration):
    dependencies = [("library", "0002_library_in_depth")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
