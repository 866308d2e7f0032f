"""The canary's forums: for every level a forum with a topic, and in it posts that are shown, gone, waiting, edited, sealed."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cop_site.files.intake import take_in
from cop_site.forums.models import Draft, Forum, Mention, Post, PostFile, PostVersion, Pseudonym, Topic, Unsealing
from cop_site.notifications.models import Notification, Watch

LEVELS = ["publik", "jaringan", "kelompok", "organisasi", "pengelola"]
MEMBERS = {"member", "convenor", "moderator", "secretariat"}
OFFICE = {"moderator", "secretariat"}
SLUG = "kanari"  # of every topic: its number is what counts
# Who writes there: somebody who reads it.
WRITERS = {"publik": "author", "jaringan": "author", "kelompok": "author", "organisasi": "author", "pengelola": "secretariat"}
NEW = {"publik": "colleague", "jaringan": "colleague", "kelompok": "circle_mate", "organisasi": "colleague", "pengelola": "secretariat"}


def may_read(who: Any, level: str) -> bool:
    """The table of docs/who-sees-what.md, for forums: observers and researchers read the public ones alone."""
    return {
        "publik": True,
        "jaringan": who.role in MEMBERS,
        "kelompok": who.role in MEMBERS and who.in_circle,
        "organisasi": who.role in MEMBERS and who.in_organisation,
        "pengelola": who.role in OFFICE,
    }[level]


def may_hear(who: Any, level: str, *, waits: bool) -> bool:
    """Rings of a topic are for its readers; of one that waits, for those among them who look after it or began it."""
    return may_read(who, level) and (not waits or who.role in OFFICE or who.name == NEW[level])


def plant(world: Any, everybody: Any) -> None:
    world.talks = {level: _forum(world, everybody, level) for level in LEVELS}
    topics, posts = Topic.objects.order_by("pk"), Post.objects.order_by("pk")
    world.samples |= {
        "forum": [forum.slug for forum in world.talks.values()],
        "topic": list(topics.values_list("pk", flat=True)),
        "topic_slug": [SLUG],
        "post": list(posts.values_list("pk", flat=True)),
        "post_file": list(PostFile.objects.values_list("file", flat=True)),
        "unsealing": list(Unsealing.objects.values_list("pk", flat=True)),
    }
    _tell_everybody(world)


def _tell_everybody(world: Any) -> None:
    """Everyone was told once of everything, and follows it: what they may not see any more is neither listed nor counted."""
    people = [person for person in world.people.values() if person.pk]
    for post in Post.objects.all():
        Notification.objects.bulk_create(Notification(recipient=person, reason="watched", post=post, topic=post.topic) for person in people)
    for forum in world.talks.values():
        Watch.objects.bulk_create(Watch(person=person, forum=forum, level="watch") for person in people)
    member = world.people["member"]
    world.samples |= {
        "notification": list(Notification.objects.filter(recipient=member).values_list("pk", flat=True)),
        "watch": list(Watch.objects.filter(person=member).values_list("pk", flat=True)),
    }


def _forum(world: Any, everybody: Any, level: str) -> Forum:
    readers = everybody(lambda who: may_read(who, level))
    name = world.plant(f"forum for {level}", readers, must=set(readers))
    forum = Forum.objects.create(
        slug=f"kanari-forum-{level}",
        name_id=f"Forum {name}",
        about_id="Uji",
        visibility=level,
        author=world.people["secretariat"],
        circle=world.circle if level == "kelompok" else None,
        organisation=world.organisation if level == "organisasi" else None,
        allows_pseudonyms=True,
    )
    _talk(world, forum, level, readers)
    _waiting(world, everybody, forum, level)
    return forum


def _talk(world: Any, forum: Forum, level: str, readers: set[str]) -> None:
    writer = world.people[WRITERS[level]]
    title = world.plant(f"topic for {level}, its title", readers, must=set(readers))
    outcome = world.plant(f"topic for {level}, what came of it", readers, must=set(readers))
    topic = Topic.objects.create(
        forum=forum,
        starter=writer,
        title=f"Judul {title}",
        slug=SLUG,
        outcome=outcome,
        outcome_html=f"<p>{outcome}</p>",
        post_count=4,
        last_number=5,
    )
    said = world.plant(f"post for {level}", readers, must=set(readers))
    first = _post(topic, said, author=writer)
    older = world.plant(f"post for {level}, before it was edited", readers)
    PostVersion.objects.create(post=first, source=older, html=f"<p>{older}</p>", said_at=timezone.now())
    gone = _post(topic, world.plant(f"deleted post for {level}", set()), author=writer, hidden_at=timezone.now(), hidden_by_author=True)
    Mention.objects.create(post=gone, person=world.people["member"])
    sealed = _sealed(world, topic, level, readers)
    note = world.plant(f"veiled post for {level}", readers, must=set(readers))
    _post(topic, note, author=writer, content_note="Uji")
    _file(world, topic, level, readers)
    begun = world.plant(f"draft for {level}", {WRITERS[level]}, must={WRITERS[level]})
    Draft.objects.create(person=writer, forum=forum, topic=None, fields={"title": begun, "text": begun})
    Topic.objects.filter(pk=topic.pk).update(answer=sealed)
    Forum.objects.filter(pk=forum.pk).update(topic_count=1, post_count=4, last_topic=topic)


def _post(topic: Topic, word: str, **fields: Any) -> Post:
    number = fields.pop("number", topic.posts.count() + 1)
    return Post.objects.create(topic=topic, number=number, source=f"Isi {word}", html=f"<p>Isi {word}</p>", **fields)


def post(world: Any, level: str, word: str) -> Post:
    """One post more in the topic of a level, by whoever writes there."""
    topic = Topic.objects.get(forum=world.talks[level], held_at=None)
    made = _post(topic, word, author=world.people[WRITERS[level]], number=topic.last_number + 1)
    Topic.objects.filter(pk=topic.pk).update(last_number=made.number, post_count=topic.post_count + 1)
    return made


def _sealed(world: Any, topic: Topic, level: str, readers: set[str]) -> Post:
    """The name is for all who read the topic; why somebody wishes to open it, for moderators who do."""
    name = world.plant(f"sealed name for {level}", readers, must=set(readers))
    pseudonym = Pseudonym.objects.create(topic=topic, person=world.people[WRITERS[level]], name=name)
    reason = world.plant(f"wish to open a sealed name for {level}", readers & {"moderator", "secretariat", "auditor"})
    Unsealing.objects.create(pseudonym=pseudonym, reason=reason, asked_by=world.people["moderator"])
    return _post(topic, world.plant(f"sealed post for {level}", readers, must=set(readers)), pseudonym=pseudonym)


def _file(world: Any, topic: Topic, level: str, readers: set[str]) -> None:
    word = world.plant(f"file of a post for {level}", readers, must=set(readers))
    post = _post(topic, world.plant(f"post with a file for {level}", readers, must=set(readers)), author=world.people[WRITERS[level]])
    upload = ContentFile(f"Isi {word}\n".encode(), name=f"{word}.txt")
    PostFile.objects.create(post=post, file=take_in(upload, by=world.people["secretariat"]))
    Post.objects.filter(pk=post.pk).update(file_count=1)


def _waiting(world: Any, everybody: Any, forum: Forum, level: str) -> None:
    """What waits is for its author and for moderators, whatever their audience."""
    office = everybody(lambda who: who.role in OFFICE)
    author = NEW[level]
    held = {"held_at": timezone.now(), "held_because": "first-posts"}
    topic = Topic.objects.get(forum=forum)
    _post(
        topic,
        world.plant(f"waiting post for {level}", office | {author}, must=office - {author}),
        author=world.people[author],
        number=None,
        **held,
    )
    title = world.plant(f"waiting topic for {level}", office | {author}, must=office - {author})
    waiting = Topic.objects.create(
        forum=forum, starter=world.people[author], title=f"Judul {title}", slug=SLUG, held_at=timezone.now(), last_number=0
    )
    _post(waiting, title, author=world.people[author], number=None, **held)
