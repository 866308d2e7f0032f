"""What may be said in a topic, and what waits until a moderator has looked: asked by forms and deeds alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.policy import NOTHING, is_moderator
from cop_site.core import text
from cop_site.screening import watching
from cop_site.screening.allowlist import plain_words
from cop_site.screening.guard import FieldFinding, screen_fields
from cop_site.screening.refusing import NotReady, Problem
from cop_site.vocabulary import selectors as words

from .choices import Held
from .models import Post
from .policy import FIRST_WEEKS

LONGEST_TITLE, LONGEST_NOTE, LONGEST_POST, LONGEST_OUTCOME = 160, 80, 20_000, 4_000
MOST_MENTIONS, MOST_FILES = 20, 4  # S6 for mentions
# The topic's own columns that hold words of a vocabulary.
TAGS = {"mandate": "mandate", "service_scale": "service_scale", "trafficking_forms": "trafficking_form"}
# Thanks may be said twice a day; what is longer than that is not said twice by chance.
SHORTEST_REPEATED, REPEATED_WITHIN, MOST_COMPARED = 40, timedelta(days=1), 100
READ_BY_THE_GUARD = ("title", "content_note", "source", "outcome", "reason")
_HAS_LINK = re.compile(r"https?://|www\.|mailto:", re.IGNORECASE)


def tidied(said: Mapping[str, Any]) -> dict[str, Any]:
    """Lines in one line, texts with plain line ends, lists without doubles."""
    lines, texts = {"title", "content_note"}, {"source", "outcome", "reason"}
    tidy = {key: text.one_line(value) if key in lines else value for key, value in said.items()}
    tidy |= {key: text.normal(tidy[key]).strip() for key in texts & tidy.keys()}
    return tidy | {key: list(dict.fromkeys(value)) for key, value in tidy.items() if isinstance(value, (list, tuple))}


def require_words(said: Mapping[str, Any]) -> list[FieldFinding]:
    """What the guard only warns of in words that may stand; raises ``NotReady`` for words that may not."""
    if problems := list(_problems(said)):
        raise NotReady(problems)
    found = list(screen_fields(_texts_of(said)))
    if blocked := [finding for finding in found if finding.action == "block"]:
        raise NotReady([], blocked)
    return found


def require_at_once(by: Any, said: Mapping[str, Any]) -> None:
    """Refuse in words that cannot wait what a post would wait for: what the guard warns of, and links in somebody's first weeks."""
    if require_words(said):
        sentence = _("It holds details that may point to a person. Say it without them.")
    elif is_new(by) and _HAS_LINK.search(" ".join(_texts_of(said).values())):
        sentence = _("In the first two weeks no links stand here. Put the link into an answer.")
    else:
        return
    raise NotReady([Problem(field, sentence) for field in _texts_of(said)])


def _texts_of(said: Mapping[str, Any]) -> dict[str, str]:
    return {key: said[key] for key in READ_BY_THE_GUARD if said.get(key)}


def flagged(said: Mapping[str, Any]) -> dict[str, Any]:
    """Watched words in what cannot wait: a fact for the journal, so that a moderator looks at it."""
    return watching.flagged(_texts_of(said))


def _problems(said: Mapping[str, Any]) -> list[Problem]:
    longest = {"title": LONGEST_TITLE, "content_note": LONGEST_NOTE, "source": LONGEST_POST, "outcome": LONGEST_OUTCOME}
    problems = [
        Problem(field, _("At most %(most)d characters; now it has %(now)d.") % {"most": most, "now": len(said[field])})
        for field, most in longest.items()
        if len(said.get(field, "")) > most
    ]
    problems += [Problem(field, _("Please write something here.")) for field in ("title", "source", "reason") if said.get(field) == ""]
    problems += [Problem(field, _("This choice does not exist.")) for field in TAGS if not _are_known(field, said.get(field, []))]
    if not set(said.get("provinces", [])) <= set(words.provinces()):
        problems.append(Problem("provinces", _("This choice does not exist.")))
    if said.get("call_province") and not said.get("call_mandate"):
        problems.append(Problem("call_province", _("Choose a mandate too: a province alone asks nobody.")))
    return problems


def _are_known(field: str, slugs: list[str]) -> bool:
    return set(slugs) <= set(words.terms(TAGS[field]))


def found_in(post: Post) -> list[FieldFinding]:
    """What the guard finds in a post today; in the title and what came of it too where the topic begins with it."""
    said = {"source": post.source, "content_note": post.content_note}
    return list(screen_fields(said | ({"title": post.topic.title, "outcome": post.topic.outcome} if post.begins else {})))


@dataclass(frozen=True)
class Weighed:
    """Whether words wait, and what the journal says of watched words in those that do not."""

    held: Held | None
    flagged: dict[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, Any]:
        """What waits is looked at anyway."""
        return {} if self.held else self.flagged


def weigh(by: Any, said: Mapping[str, Any], findings: list[FieldFinding], *, under: Q = NOTHING, before: Post | None = None) -> Weighed:
    """What becomes of a post of this person; of one that stood ``before`` watched words make it wait that are new in it.

    ``under``: what she has said under the name that she writes with, for words that she says again.
    """
    hits = watching.watched_in(_texts_of(said))
    known = {hit.word for hit in watching.watched_in({"": [before.source, before.content_note, before.topic.title]})} if before else set()
    new = [hit for hit in hits if hit.word not in known]
    return Weighed(_why_held(by, said["source"], findings, new, under), watching.as_facts(hits))


def _why_held(by: Any, source: str, findings: list[FieldFinding], hits: list[watching.Hit], under: Q) -> Held | None:
    """Why a post of this person waits; None where it is shown at once.

    The first post waits, whoever wrote it under whichever name; afterwards for two weeks those with links (S6).
    """
    if findings:
        return Held.FINDINGS
    if is_moderator(by):
        return None
    if not has_been_read(by):
        return Held.FIRST_POSTS
    if watching.waits(hits):
        return Held.WATCHED
    if _was_said_lately(source, under):
        return Held.REPEATED
    return Held.LINKS if is_new(by) and _HAS_LINK.search(source) else None


def is_new(person: Any) -> bool:
    """The first two weeks, in which links wait and a few posts an hour are all; moderators look after others from the first day."""
    return not is_moderator(person) and timezone.now() - person.date_joined < FIRST_WEEKS


def _was_said_lately(source: str, under: Q) -> bool:
    """Whether the same was said within a day under one name; not where its author took it away herself."""
    if len(plain := plain_words(source)) < SHORTEST_REPEATED:
        return False
    hers = Post.objects.unscoped("whether somebody repeats herself, shown to nobody").filter(under, hidden_by_author=False)
    lately = hers.filter(created_at__gt=timezone.now() - REPEATED_WITHIN).order_by("-pk")
    return any(plain_words(one) == plain for one in lately.values_list("source", flat=True)[:MOST_COMPARED])


def has_been_read(person: Any) -> bool:
    """Whether others have read anything of this person in a forum."""
    shown = Post.objects.unscoped("whether somebody is new here, shown to nobody").shown()
    return shown.filter(author=person.pk).exists() or shown.filter(pseudonym__person=person.pk).exists()
