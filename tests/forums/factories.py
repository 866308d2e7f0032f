"""Rows of the forums for tests: they go through the deeds, so that numbers and counts are as they would be."""

from typing import Any

from cop_site.accounts.models import User
from cop_site.forums import actions
from cop_site.forums.models import Forum, Post, Topic


def forum(name: str = "Tanya jawab", *, visibility: str = "jaringan", **fields: Any) -> Forum:
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    return Forum.objects.create(name_id=name, about_id="Untuk bertanya.", slug=slug, visibility=visibility, **fields)


def known(person: User) -> User:
    """Somebody whose first post others have read already: what she writes is shown at once."""
    hall, _made = Forum.objects.get_or_create(slug="balai", defaults={"name_id": "Balai", "about_id": "Salam.", "visibility": "jaringan"})
    opened = Topic.objects.create(forum=hall, starter=person, title="Salam", slug="salam", last_number=1, post_count=1)
    Post.objects.create(topic=opened, number=1, author=person, source="Salam kenal.", html="<p>Salam kenal.</p>")
    return person


def topic(forum: Forum, by: User, title: str = "Siapa punya contoh perdes?", source: str = "Kami sedang menyusun.", **said: Any) -> Topic:
    return actions.start_topic(forum, by=known(by), title=title, source=source, **said)


def reply(topic: Topic, by: User, source: str = "Kami punya satu.", **said: Any) -> Post:
    return actions.reply_to(topic, by=known(by), source=source, **said)


def held(topic: Topic, by: User, source: str = "Ini kiriman pertama saya.") -> Post:
    """What somebody new has written: it waits. ``by`` must not have written before."""
    return actions.reply_to(topic, by=by, source=source)
