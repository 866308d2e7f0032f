"""What somebody follows and mutes, as she finds it; what she may see no more has no name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from cop_site.forums.models import Forum, Topic
from cop_site.search.models import SavedSearch
from cop_site.vocabulary import selectors as words

from ..choices import MAILED_AT_ONCE, Level, Reason, Tag
from ..models import Watch, Wish

_VOCABULARIES = {Tag.MANDATE: "mandate", Tag.SCALE: "service_scale", Tag.FORM: "trafficking_form"}
_GONE = _("You may not see it any more")


@dataclass(frozen=True)
class Followed:
    """One wish, with what it is about in words."""

    watch: Watch
    kind: Any
    name: Any
    url: str

    @property
    def is_muted(self) -> bool:
        return self.watch.level == Level.MUTE


def followed(user: Any) -> list[Followed]:
    """All that one follows, then all that one muted; the last wish first."""
    wishes = list(Watch.objects.visible_to(user).select_related("saved_search").order_by("-level", "-since", "-pk"))
    forums = Forum.objects.visible_to(user).in_bulk({wish.forum_id for wish in wishes if wish.forum_id})
    topics = Topic.objects.visible_to(user).in_bulk({wish.topic_id for wish in wishes if wish.topic_id})
    return [_followed(wish, forums, topics) for wish in wishes]


def searches_that_tell(user: Any) -> QuerySet[SavedSearch]:
    """One's saved searches that are not muted, the last saved first."""
    muted = Watch.objects.visible_to(user).muted().filter(saved_search=OuterRef("pk"))
    return SavedSearch.objects.visible_to(user).exclude(Exists(muted)).order_by("-saved_at", "-pk")


def _followed(wish: Watch, forums: dict[int, Forum], topics: dict[int, Topic]) -> Followed:
    if wish.tag:
        return Followed(wish, Tag(wish.tag).label, word_of(wish.tag, wish.word), "")
    if wish.saved_search:
        return Followed(wish, _("Saved search"), wish.saved_search.name, "")
    kind = _("Forum") if wish.forum_id else _("Topic")
    target: Forum | Topic | None = forums.get(wish.forum_id or 0) or topics.get(wish.topic_id or 0)
    if target is None:
        return Followed(wish, kind, _GONE, "")
    return Followed(wish, kind, target.title if isinstance(target, Topic) else target.name, target.get_absolute_url())


def word_of(tag: str, word: str) -> str:
    """A word of a topic in the reader's language."""
    return words.province_name(word) if tag == Tag.PROVINCE else words.label(_VOCABULARIES[Tag(tag)], word)


def word_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Every word that can be followed, in groups; each by its column and slug."""
    return [(tag.label, [(f"{tag}:{slug}", label) for slug, label in _choices(tag)]) for tag in Tag]


def _choices(tag: Tag) -> list[tuple[str, str]]:
    if tag == Tag.PROVINCE:
        return [(code, one.name) for code, one in words.provinces().items()]
    return words.choices(_VOCABULARIES[tag])


def mailed(user: Any) -> set[str]:
    """The reasons for which one gets a mail at once."""
    said = dict(Wish.objects.filter(person=user.pk).values_list("reason", "by_mail"))
    return {reason for reason in Reason.values if said.get(reason, reason in MAILED_AT_ONCE)}


def who_wish_a_mail(people: Iterable[Any], reason: str) -> set[int]:
    """Those of ``people`` whom a mail tells at once for this reason."""
    people = list(people)
    said = dict(Wish.objects.filter(reason=reason, person__in=people).values_list("person", "by_mail"))
    return {person.pk for person in people if said.get(person.pk, reason in MAILED_AT_ONCE)}
