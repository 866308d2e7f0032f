"""The embedded index: what search knows of rows elsewhere, all of which can be built anew; saved searches; what was not found."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone

from . import policy, registry
from .asked import Asked


class EntryQuerySet(models.QuerySet["Entry"]):
    def for_audiences(self, audiences: Iterable[str]) -> "EntryQuerySet":
        """Entries of rows that someone with one of these audiences may see; part of every query and every count."""
        return self.filter(Exists(EntryAudience.objects.filter(entry=OuterRef("pk"), audience__in=list(audiences))))


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


class Tally(models.Model):
    """Which of a block of entries have one value of a facet, or one audience, as bits: what makes counting cheap."""

    block = models.PositiveIntegerField()
    name = models.CharField(max_length=30)
    value = models.CharField(max_length=80)
    bits = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["block", "name", "value"], name="once_per_block_and_value")]

    def __str__(self) -> str:
        return f"tally {self.block} {self.name}"


class Block(models.Model):
    """So many entries in a row. ``state`` is another after each change to one of them: what was read before is right no longer."""

    number = models.PositiveIntegerField(primary_key=True)
    state = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"block {self.number}"


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
        # By the word first as well: hundreds of words are asked for at once where one is misspelt.
        indexes = [models.Index(fields=["stem", "audience"]), models.Index(fields=["word", "audience"], name="said_word_by_word")]

    def __str__(self) -> str:
        return f"word {self.pk}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: Any) -> "SavedSearchQuerySet":
        return self.filter(policy.saved_searches_visible_to(user))


class SavedSearch(models.Model):
    """A search that somebody asks again and again. Of its answers nothing is kept but when they were looked at last."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    query = models.TextField()  # as in an address
    looked_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"saved search {self.pk}"

    @property
    def asked(self) -> Asked:
        return Asked.read(QueryDict(self.query), registry.kinds())


class Miss(models.Model):
    """A question that nothing answered, how often on one day: stems in the order of the alphabet, and nothing of who asked."""

    day = models.DateField()
    language = models.CharField(max_length=2)
    words = models.CharField(max_length=250)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["words", "language", "day"], name="once_per_question_and_day")]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"miss {self.pk}"


class Unsent(models.Model):
    """That Elasticsearch has yet to hear of a row: one for each change, so that what changes while it is sent is sent again.

    ``is_removal`` where somebody must not find the row as Elasticsearch still has it: withdrawn, narrowed, a value of a facet gone.
    """

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    is_removal = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"]), models.Index(fields=["is_removal", "id"])]

    def __str__(self) -> str:
        return f"unsent {self.pk}"


class Mirror(models.Model):
    """What we know of the copy of the index that Elasticsearch holds: its name, and how many batches were written into it."""

    index = models.CharField(max_length=120, blank=True)
    writes = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.index
