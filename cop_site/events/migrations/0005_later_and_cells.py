"""Until when one still answers after the live part of a room, and polls that are counted by scale and mandate too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0004_invitations")]

    operations = [
        migrations.AddField("room", "later_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("pollballots", "cells", models.JSONField(default=dict)),
    ]
