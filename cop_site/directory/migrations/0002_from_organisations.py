"""What organisations said of themselves moves from their identity to their entry in the directory."""

from django.db import migrations

MOVED = ("about_id", "about_en", "service_scale", "mandate", "provinces")


def to_entries(apps, schema_editor):
    organisation = apps.get_model("accounts", "Organisation")
    listing = apps.get_model("directory", "Listing")
    for one in organisation.objects.all():
        said = {name: getattr(one, name) for name in MOVED}
        if one.is_listed or any(said.values()):
            listing.objects.get_or_create(organisation=one, defaults=said)


def to_organisations(apps, schema_editor):
    for one in apps.get_model("directory", "Listing").objects.select_related("organisation"):
        for name in MOVED:
            setattr(one.organisation, name, getattr(one, name))
        one.organisation.save(update_fields=MOVED)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_entries"),
        ("accounts", "0002_onboarding"),
    ]

    operations = [migrations.RunPython(to_entries, to_organisations)]
