"""The embedded index: what search knows of rows elsewhere. Nothing here is a source; all of it can be built anew."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef

from .port import Query


class EntryQuerySet(models.QuerySet["Entry"]):
    def for_audiences(self, audiences: Iterable[str]) -> "EntryQuerySet":
        """Entries of rows that someone with one of these audiences may see; part of every query and every count."""
        return self.filter(Exists(EntryAudience.objects.filter(entry=OuterRef("pk"), audience__in=list(audiences))))

    def asked_for(self, query: Query, *, without: str = "") -> "EntryQuerySet":
        """Within the reader's audiences and filters; ``without`` leaves one facet's own filter out, for its counts."""
        found = self.for_audiences(query.audiences)
        if query.kinds and without != "kind":
            found = found.filter(kind__in=query.kinds)
        for name, values in query.filters.items():
            if values and name != without:
                found = found.having_facet(name, values)
        if without != "year":
            found = found.filter(year__gte=query.year_from) if query.year_from is not None else found
            found = found.filter(year__lte=query.year_to) if query.year_to is not None else found
        return found

    def having_facet(self, name: str, values: Iterable[str]) -> "EntryQuerySet":
        # What cannot stand in the index (a NUL, half a surrogate pair) is not sent to the database.
        sane = [value for value in values if value.isprintable()]
        return self.filter(Exists(EntryFacet.objects.filter(entry=OuterRef("pk"), name=name, value__in=sane)))


class Entry(models.Model):
    """What search knows of one row. The engine's own index follows these columns (see ``engines``)."""

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    external_id = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12)
    year = models.IntegerField(null=True)
    changed_at = models.FloatField(default=0)
    title = models.TextField()
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    title_stems = models.TextField()
    keywords_stems = models.TextField(blank=True)
    summary_stems = models.TextField(blank=True)
    body_stems = models.TextField(blank=True)
    title_words = models.TextField()
    fingerprint = models.CharField(max_length=40)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_per_row")]
        indexes = [models.Index(fields=["changed_at"]), models.Index(fields=["year"])]

    def __str__(self) -> str:
        return f"entry {self.kind} {self.object_id}"

    def said(self) -> str:
        """All its words as they were written, for counting."""
        return "\n".join((self.title, self.keywords, self.summary, self.body))


class EntryAudience(models.Model):
    """One of the audiences that may see an entry's row."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="audiences", db_index=False)
    audience = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "audience"], name="once_per_entry_and_audience")]
        indexes = [models.Index(fields=["audience", "entry"])]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.audience}"


class EntryFacet(models.Model):
    """One value by which an entry can be filtered and counted."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets", db_index=False)
    name = models.CharField(max_length=30)
    value = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name", "value"], name="once_per_entry_and_facet")]
        indexes = [models.Index(fields=["name", "value", "entry"])]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"


class SaidWord(models.Model):
    """In how many entries of one audience a word stands.

    Counted by audience, so that neither the mending of a reader's spelling nor the order of the answers tells
    anything of rows that the reader may not see. The empty word counts the entries themselves.
    """

    audience = models.CharField(max_length=60)
    word = models.CharField(max_length=100)
    stem = models.CharField(max_length=100)
    documents = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "word"], name="once_per_audience_and_word")]
        indexes = [models.Index(fields=["stem", "audience"])]

    def __str__(self) -> str:
        return f"word {self.pk}"
