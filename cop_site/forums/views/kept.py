"""What comes back to whoever typed it: into a form from the door or as a draft, and onto the page of a refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from cop_site.accounts.policy import is_muted
from cop_site.core import drafts

from ..actions.keeping import KEPT_LISTS, KEPT_TEXTS
from ..models import Draft, Forum, Topic
from ..selectors import own

NEW_TOPIC, REPLY, EDIT = "new-topic", "reply", "edit-post"
_SHOWN_AGAIN = ("title", "text", "content_note")

View = Callable[..., HttpResponse]


def typed(fields: QueryDict) -> dict[str, Any]:
    """What a form was sent with, as drafts keep it and as forms show it again; a tick that is missing was not wished."""
    texts = {key: fields[key] for key in KEPT_TEXTS if key in fields}
    lists = {key: fields.getlist(key) for key in KEPT_LISTS if key in fields}
    return texts | lists | {"hides_name": bool(fields.get("hides_name"))}


def reply_begun(request: HttpRequest, topic: Topic, draft: Draft | None, *, quoted: str = "") -> dict[str, Any]:
    """What stands in the form of an answer: what was kept at the door, else the draft, with a quotation below it.

    Whoever writes under a pseudonym in this topic does so here too, until she takes the tick away.
    """
    if kept := drafts.recall(request, REPLY, about=topic.pk):
        return typed(kept)
    begun = dict(draft.fields) if draft else {}
    if quoted:  # sending forgets the draft: nothing of it may stay behind
        begun["text"] = "\n\n".join(words for words in (begun.get("text"), quoted) if words)
    if "hides_name" not in begun and topic.forum.allows_pseudonyms and own.has_a_name_in(topic, request.user):
        begun["hides_name"] = True
    return begun


def words_stay(form: str) -> Callable[[View], View]:
    """Where a view refuses, or what it is about is gone, the words are shown on the page that says so, with the same status.

    Nearest to the view. Whoever is muted hears it from ``accounts.middleware.Muted``.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            try:
                return view(request, *args, **named)
            except (PermissionDenied, Http404) as refusal:
                words = [] if is_muted(request.user) else _words(request, form, **named)
                if not words:
                    raise
                return _unsent(request, words, 404 if isinstance(refusal, Http404) else 403, form, **named)

        return enter

    return guard


def _words(request: HttpRequest, form: str, *, pk: int | None = None, slug: str = "") -> list[str]:
    """What was sent; on the way to a form, what was kept for it."""
    said: Any = request.POST if request.method == "POST" else drafts.recall(request, form, about=pk or slug)
    if said is None and form != EDIT:
        begun = own.draft_of(request.user, topic=pk, slug=slug)
        said = begun.fields if begun else None
    return [said[key] for key in _SHOWN_AGAIN if said.get(key)] if said else []


def _unsent(request: HttpRequest, words: list[str], status: int, form: str, *, pk: int | None = None, slug: str = "") -> HttpResponse:
    """Says no more of the topic or forum than the reader may see of it."""
    topic = own.topic_behind(pk, request.user, is_post=form == EDIT) if pk and status == 403 else None
    forum = topic.forum if topic else Forum.objects.visible_to(request.user).filter(slug=slug).first()
    context = {"topic": topic, "forum": forum, "words": words, "was_sent": request.method == "POST"}
    return render(request, "forums/unsent.html", context, status=status)
