"""Posts as search knows them: what is shown in a topic that is shown, in the words that all who may see it read; never whose they are."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cop_site.accounts.asking import written_once
from cop_site.accounts.blocking import blocked_by
from cop_site.accounts.tokens import audience_tokens
from cop_site.core import text
from cop_site.search import registry
from cop_site.search.port import Document
from cop_site.search.registry import Facet
from cop_site.vocabulary import selectors as words

from .models import Post, Topic
from .models.post import PostQuerySet
from .policy import KIND

TERMS = {
    "scale": ("service_scale", "service_scale"),
    "mandate": ("mandate", "mandate"),
    "form": ("trafficking_forms", "trafficking_form"),
}
# No facet by forum: its values would name forums that the reader may not see.
FACETS = (
    Facet.of_terms("scale", _("Service scale"), "service_scale", is_open=True),
    Facet.of_terms("mandate", _("Mandate"), "mandate", is_open=True),
    Facet("province", _("Province"), words.provinces, words.province_name, by_number=True),
    Facet.of_terms("form", _("Form of exploitation"), "trafficking_form"),
)


def documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """Documents of posts that a whole audience reads, all or those with these ids; any other post has none."""
    found = _in_shown_topics(Post.objects.unscoped("the index keeps each forum's audience")).select_related("topic__forum").order_by("pk")
    for post in (found if pks is None else found.filter(pk__in=list(pks))).iterator(chunk_size=500):
        yield document_of(post)


def _in_shown_topics(posts: PostQuerySet) -> PostQuerySet:
    return posts.shown().filter(topic__held_at=None, topic__hidden_at=None, topic__merged_into=None)


def document_of(post: Post) -> Document:
    """A shown post in the words of the port. Only the first one is found by what the topic is called: else a long topic fills a page."""
    is_first, topic = post.number == 1, post.topic
    return Document(
        kind=KIND,
        pk=post.pk,
        audiences=frozenset(audience_tokens(topic.forum, kind=KIND)),
        title=topic.title if is_first else "",
        summary=text.plain(topic.outcome_html) if is_first else "",
        body=text.plain(post.html),
        keywords="\n".join(_keywords(topic)) if is_first else "",
        language=post.language,
        year=post.created_at.year,
        changed_at=(post.edited_at or post.created_at).timestamp(),
        facets={name: tuple(getattr(topic, column)) for name, (column, _vocabulary) in TERMS.items()}
        | {"province": tuple(topic.provinces)},
    )


def _keywords(topic: Topic) -> Iterator[str]:
    """Labels of the tags in both languages."""
    for column, vocabulary in TERMS.values():
        known = words.terms(vocabulary)
        for term in (known[slug] for slug in getattr(topic, column) if slug in known):
            yield f"{term.label_id}, {term.label_en}"
    for code in topic.provinces:
        if province := words.provinces().get(code):
            yield ", ".join([province.name_id, province.name_en, *province.aliases])


def visible(viewer: Any, pks: Sequence[int]) -> dict[int, Post]:
    """Those of ``pks`` that ``viewer`` may read where everybody of the audience does, as the database has them now.

    Without what those said whom she does not want to meet; under a pseudonym everybody is met.
    """
    blocked = blocked_by(viewer)
    return {post.pk: post for post in _visible(viewer, pks=list(pks)) if post.author_id not in blocked}


@written_once
def _visible(viewer: Any, *, pks: Sequence[int]) -> PostQuerySet:
    return _in_shown_topics(Post.objects.visible_to(viewer)).select_related("topic__forum").filter(pk__in=pks)


def title_of(post: Post) -> str:
    return text.one_line(post.topic.title)


def warning_of(post: Post) -> str:
    """A post that its author put behind a note is not quoted in a list either."""
    return post.content_note


def register_kind() -> None:
    """Let search find what was said in forums."""
    registry.register(
        KIND,
        documents=documents,
        visible=visible,
        link=Post.get_absolute_url,
        title=title_of,
        warning=warning_of,
        label=_("Topics"),
        one=_("Topic"),
        facets=FACETS,
    )
