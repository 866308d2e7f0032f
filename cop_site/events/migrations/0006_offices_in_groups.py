"""Who would lead a group or take its notes, and who was named for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_later_and_cells")]

    operations = [
        migrations.AddField("registration", name, models.BooleanField(default=False))
        for name in ("would_facilitate", "would_take_notes", "is_facilitator", "is_note_taker")
    ]
