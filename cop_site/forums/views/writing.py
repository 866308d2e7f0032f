"""Pages on which members write: a topic, an answer, other words for one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_site.accounts import limits
from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts, text
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer
from cop_site.screening.forms import done

from .. import actions, policy, rules
from ..forms.writing import EditForm, ReplyForm, TopicForm
from ..models import Forum, Post, Topic
from ..selectors import own, reading
from .attaching import offered
from .kept import EDIT, NEW_TOPIC, REPLY, reply_begun, typed, words_stay
from .parts import reads_or_posts, seen_post, seen_topic
from .reading import show_topic


@signed_in(form=NEW_TOPIC)
@once_agreed(form=NEW_TOPIC)
@reads_or_posts
@words_stay(NEW_TOPIC)
def topic_new(request: HttpRequest, slug: str) -> HttpResponse:
    forum = get_object_or_404(Forum.objects.visible_to(request.user), slug=slug)
    require(policy.can_start(request.user, forum))
    form = _topic_form(request, forum)
    if request.method == "POST":
        if request.POST.get("then") == "draft":
            return _keep_draft(request, NEW_TOPIC, forum)
        if form.is_valid() and (topic := _sent(request, form, partial(actions.start_topic, forum))):
            drafts.drop(request, NEW_TOPIC)
            _tell(request, is_held=topic.held_at is not None)
            return redirect(topic)
    context = {"forum": forum, "form": form, "preview": _preview(request)}
    return limits.say_when(request, answer(request, "forums/topic_new.html", context, part="preview", status=_status(request, form)))


def _topic_form(request: HttpRequest, forum: Forum) -> TopicForm:
    if request.method == "POST":
        return TopicForm(request.POST, request.FILES, forum=forum)
    kept = drafts.recall(request, NEW_TOPIC, about=forum.slug)
    draft = None if kept else own.draft_of(request.user, topic=None, slug=forum.slug)
    return TopicForm(forum=forum, initial=typed(kept) if kept else dict(draft.fields) if draft else {})


@signed_in(form=REPLY)
@once_agreed(form=REPLY)
@reads_or_posts
@words_stay(REPLY)
def topic_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with room to write; what is posted from the page of the topic comes here too."""
    topic = reading.topic_for(pk, request.user) or seen_topic(request, pk)
    if topic.merged_into_id:
        return _led_on(request, topic.merged_into_id)
    require(policy.can_reply(request.user, topic))
    form = _reply_form(request, topic)
    if request.method == "POST":
        if request.POST.get("then") == "draft":
            return _keep_draft(request, REPLY, topic.forum, topic)
        if form.is_valid() and (
            post := _sent(request, form, partial(actions.reply_to, topic, reply_to=_named(_to(request, topic), topic, request)))
        ):
            drafts.drop(request, REPLY)
            _tell(request, is_held=post.held_at is not None)
            return redirect(reading.place_of(post))
        if request.POST.get("then") != "preview":
            return limits.say_when(request, show_topic(request, topic, form, status=_status(request, form)))
    context = {
        "topic": topic,
        "forum": topic.forum,
        "form": form,
        "preview": _preview(request),
        "answered": _to(request, topic),
        "people": own.people_in(topic, request.user),
    }
    return answer(request, "forums/reply.html", context, part="preview")


def _reply_form(request: HttpRequest, topic: Topic) -> ReplyForm:
    """What was sent; else what was begun, or a quotation of the post that is answered, where one was asked for."""
    if request.method == "POST":
        return ReplyForm(request.POST, request.FILES, topic=topic)
    answered = _named(request.GET.get("to", ""), topic, request)
    draft = own.draft_of(request.user, topic=topic.pk)
    return ReplyForm(initial=reply_begun(request, topic, draft, quoted=own.quoted(answered) if answered else ""), topic=topic)


def _to(request: HttpRequest, topic: Topic) -> str:
    """The number of the post that is answered, as the form or the address says it; with what was kept at the door comes what that answered."""
    if request.method == "POST":
        return request.POST.get("to", "")
    kept = drafts.recall(request, REPLY, about=topic.pk)
    return kept.get("to", "") if kept else request.GET.get("to", "")


def _led_on(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic went into another: the answer waits in the form there, and nothing goes out before its author has seen where."""
    into = reading.topic_for(pk, request.user) or seen_topic(request, pk)
    if request.method != "POST":
        query = request.META.get("QUERY_STRING", "")
        return redirect(reverse("topic-reply", args=[into.pk]) + (f"?{query}" if query else ""))
    require(policy.can_reply(request.user, into))
    form = _reply_form(request, into)
    form.add_error(
        None, _("While you wrote, this topic became part of another. Your answer was not sent: read what is said here, then send it.")
    )
    return show_topic(request, into, form, status=409)


def _named(number: str, topic: Topic, request: HttpRequest) -> Post | None:
    """The post of the topic with this number, where the reader may read it; any other is as good as none."""
    if not number.isdecimal() or len(number) > 18:
        return None
    return topic.posts.visible_to(request.user).filter(pk=int(number)).select_related("author", "pseudonym").first()


def _sent(request: HttpRequest, form: Any, do: Any) -> Any:
    """What the deed made; None where it or a file was refused, or where this was only to be looked at first."""
    if request.POST.get("then") == "preview":
        return None
    made: list[Any] = []
    try:
        limits.count(request, "first_posts" if rules.is_new(request.user) else "post", key=str(request.user.pk))
        with offered(request, form) as files:
            if files is None:
                return None
            hides = {"hides_name": True} if form.cleaned_data.get("hides_name") else {}
            act = partial(do, by=request.user, key=deed_key(request), files=files, **hides, **form.said())
            done(form, lambda: made.append(act()))
    except ValidationError as refusal:  # too often
        form.add_error(None, refusal)
    return made[0] if made else None


def _preview(request: HttpRequest) -> str:
    """What the words would look like; nothing is kept of them."""
    wished = request.method == "POST" and request.POST.get("then") == "preview"
    return text.render(request.POST.get("text", "")[: rules.LONGEST_POST]) if wished else ""


def _status(request: HttpRequest, form: Any) -> int:
    if request.method != "POST" or request.POST.get("then") == "preview":
        return 200
    codes = [error.code for errors in form.errors.as_data().values() for error in errors]
    return next((limits.STATUS[code] for code in codes if code in limits.STATUS), 422)


def _keep_draft(request: HttpRequest, form: str, forum: Forum, topic: Topic | None = None) -> HttpResponse:
    actions.keep_draft(by=request.user, forum=forum, topic=topic, **typed(request.POST))
    drafts.drop(request, form)  # older than the draft
    messages.success(request, _("Kept as a draft. Only you can read it; it waits under “My posts”."))
    return redirect("my-posts")


def _tell(request: HttpRequest, *, is_held: bool) -> None:
    if is_held:
        messages.info(request, _("Sent. A moderator reads it before others do; below it says why. You can still change it."))
    else:
        messages.success(request, _("Sent."))


@signed_in(form=EDIT)
@once_agreed(form=EDIT)
@reads_or_posts
@words_stay(EDIT)
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = seen_post(request, pk)
    require(own.can_edit_now(request.user, post))
    initial = {"title": post.topic.title, "text": post.source, "content_note": post.content_note}
    if kept := drafts.recall(request, EDIT, about=pk):
        initial |= {key: kept[key] for key in initial if key in kept}
    form = EditForm(request.POST or None, initial=initial, is_first=post.begins)
    do = partial(actions.edit_post, post, by=request.user, key=deed_key(request))
    if request.method == "POST" and form.is_valid() and request.POST.get("then") != "preview" and done(form, lambda: do(**form.said())):
        drafts.drop(request, EDIT)
        post = seen_post(request, pk)
        _tell(request, is_held=post.held_at is not None)
        return redirect(reading.place_of(post))
    context = {"post": post, "topic": post.topic, "forum": post.topic.forum, "form": form, "preview": _preview(request)}
    return answer(request, "forums/post_edit.html", context, part="preview", status=_status(request, form))
