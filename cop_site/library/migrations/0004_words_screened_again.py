"""Reports and reading lists say their language, and are read again when the rules of the guard change."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_told_since_when'),
    ]

    operations = [
        migrations.AddField(
            model_name='adaptationreport',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='adaptationreport',
            name='language',
            field=models.CharField(choices=[('id', 'Indonesian'), ('en', 'English')], default='id', max_length=2),
        ),
        migrations.AddField(
            model_name='adaptationreport',
            name='screened_version',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='readinglist',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='readinglist',
            name='language',
            field=models.CharField(choices=[('id', 'Indonesian'), ('en', 'English')], default='id', max_length=2),
        ),
        migrations.AddField(
            model_name='readinglist',
            name='screened_version',
            field=models.CharField(blank=True, max_length=12),
        ),
    ]
