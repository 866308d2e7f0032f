"""By which vocabularies the votes of a poll are counted too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0006_offices_in_groups")]

    operations = [migrations.AddField("poll", "counted_by", models.JSONField(default=list))]
