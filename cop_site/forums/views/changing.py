"""What becomes of posts: deleted, given back, thanked for, marked as the answer; and what members keep for themselves."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import done

from .. import actions, policy
from ..forms.writing import OutcomeForm, ReasonForm, WishesForm
from ..models import Draft, Post, Topic
from ..selectors import own, reading
from ..selectors.firsts import with_first_post
from .parts import reads_or_posts, seen_post, seen_topic

OUTCOME = "outcome"


@signed_in()
@reads_or_posts
def post_delete(request: HttpRequest, pk: int) -> HttpResponse:
    post = seen_post(request, pk)
    require(policy.can_delete(request.user, post))
    is_hers = policy.is_hers(request.user, post)
    form = ReasonForm(request.POST if request.method == "POST" and not is_hers else None)
    if request.method == "POST" and (is_hers or form.is_valid()):
        reason = "" if is_hers else form.cleaned_data["reason"]
        if done(form, partial(actions.delete_post, post, by=request.user, key=deed_key(request), reason=reason)):
            messages.success(request, _("Deleted. Its place says that there was a post, and nothing of it."))
            visible = Topic.objects.visible_to(request.user).filter(pk=post.topic_id).exists()
            return redirect(reading.place_of(post)) if visible else redirect(post.topic.forum)
    context = {"post": post, "topic": post.topic, "forum": post.topic.forum, "form": form, "is_hers": is_hers}
    return render(request, "forums/post_delete.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@require_POST
def post_restore(request: HttpRequest, pk: int) -> HttpResponse:
    gone = Post.objects.tombstones_visible_to(request.user).select_related("topic__forum", "pseudonym")
    post = get_object_or_404(gone, pk=pk)
    actions.restore_post(post, by=request.user, key=deed_key(request))
    messages.success(request, _("It stands in its place again."))
    return redirect(reading.place_of(post))


@signed_in()
@require_POST
def post_react(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the small words, said or taken back; the address is the same for both."""
    post = seen_post(request, pk)
    for wish, do in (("say", actions.react), ("back", actions.take_reaction_back)):
        if (kind := request.POST.get(wish, "")) in own.KINDS:
            do(post, by=request.user, kind=kind)
    return redirect(reading.place_of(post))


@signed_in()
@require_POST
def post_answer(request: HttpRequest, pk: int) -> HttpResponse:
    post = seen_post(request, pk)
    if request.POST.get("then") == "back":
        actions.unchoose_answer(post.topic, by=request.user, key=deed_key(request))
        messages.success(request, _("No answer is marked any more."))
    else:
        actions.choose_answer(post, by=request.user, key=deed_key(request))
        messages.success(request, _("Marked as the answer that helped."))
    return redirect(reading.place_of(post))


@signed_in(form=OUTCOME)
@once_agreed(form=OUTCOME)
@reads_or_posts
def topic_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    topic = with_first_post(seen_topic(request, pk))
    require(policy.can_settle(request.user, topic))
    kept = drafts.recall(request, OUTCOME, about=pk)
    form = OutcomeForm(request.POST or None, initial={"outcome": kept.get("outcome") if kept else topic.outcome})
    do = partial(actions.write_outcome, topic, by=request.user, key=deed_key(request))
    if request.method == "POST" and form.is_valid() and done(form, lambda: do(**form.cleaned_data)):
        drafts.drop(request, OUTCOME)
        messages.success(request, _("Kept. It stands above the posts."))
        return redirect(topic)
    context = {"topic": topic, "forum": topic.forum, "form": form}
    return render(request, "forums/outcome.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@reads_or_posts
def my_posts(request: HttpRequest) -> HttpResponse:
    """What one has begun, what waits, and about what one can be asked."""
    require(policy.can_write(request.user) or request.method != "POST")
    form = WishesForm(request.POST or None, initial=own.wishes(request.user))
    if request.method == "POST" and request.POST.get("then") == "drop":
        draft = get_object_or_404(Draft, person=request.user.pk, pk=own.number(request.POST.get("draft", "")))
        actions.drop_draft(draft, by=request.user, key=deed_key(request))
        messages.success(request, _("Thrown away."))
        return redirect("my-posts")
    if request.method == "POST" and form.is_valid():
        actions.set_call_wishes(form.wishes(), by=request.user, key=deed_key(request))
        messages.success(request, _("Kept. You hear of questions that fit."))
        return redirect("my-posts")
    return render(request, "forums/mine.html", {"form": form, "mine": own.own_page(request.user, request.GET.get("page", ""))})
