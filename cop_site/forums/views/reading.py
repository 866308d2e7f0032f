"""Forums, topics and posts, to be read."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.models import Level
from cop_site.activity.visitors import kept_for_visitors
from cop_site.core import text

from .. import actions, mentions, policy
from ..forms.writing import ReplyForm
from ..models import Post, Topic
from ..selectors import lists, own, reading
from .kept import reply_begun
from .parts import seen_post, seen_topic


@require_safe
@kept_for_visitors
def forums(request: HttpRequest) -> HttpResponse:
    context = {"rows": lists.forum_rows(request.user), "can_make": policy.can_make_forums(request.user), "is_public": not request.GET}
    return render(request, "forums/index.html", context)


@require_safe
@kept_for_visitors
def forum(request: HttpRequest, slug: str) -> HttpResponse:
    forum = lists.forum_called(slug, request.user)
    if forum is None:
        raise Http404
    page = lists.topic_rows(forum, request.user, request.GET.get("page", ""))
    context = {
        "forum": forum,
        "page": page,
        "can_start": policy.can_start(request.user, forum),
        "can_change": policy.can_make_forums(request.user),
        "is_public": forum.visibility == Level.PUBLIC and set(request.GET) <= {"page"},
    }
    return render(request, "forums/forum.html", context)


@require_safe
@kept_for_visitors
def topic(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    topic = reading.topic_for(pk, request.user)
    if topic is None:
        raise Http404
    if topic.merged_into_id:
        return redirect(get_object_or_404(Topic.objects.visible_to(request.user), pk=topic.merged_into_id))
    if slug != topic.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(topic.get_absolute_url() + (f"?{query}" if query else ""), permanent=False)
    return show_topic(request, topic)


def show_topic(request: HttpRequest, topic: Topic, form: ReplyForm | None = None, status: int = 200) -> HttpResponse:
    """A page of a topic with the form below it; what could not be taken stands in the form."""
    page = reading.topic_page(topic, request.user, request.GET.get("page", "") if form is None else str(topic.page_count))
    if page.can_reply and form is None:
        form = ReplyForm(initial=reply_begun(request, topic, page.draft), topic=topic)
    if page.is_ahead:
        actions.leaf_ahead(topic, by=request.user, first=page.first_number, last=page.last_number)
    elif page.unread_from and page.last_number >= page.unread_from:
        actions.mark_read(topic, by=request.user, number=page.last_number)
    context = {
        "topic": topic,
        "forum": topic.forum,
        "shown": page,
        "page": page.page,
        "form": form,
        "answered": request.POST.get("to", ""),
        "is_public": topic.is_shown and topic.visibility == Level.PUBLIC and set(request.GET) <= {"page"},
    }
    return render(request, "forums/topic.html", context, status=status)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A permalink: to the page on which the post stands now."""
    readable = Post.objects.visible_to(request.user).filter(pk=pk).select_related("topic").first()
    post = readable or get_object_or_404(Post.objects.tombstones_visible_to(request.user).select_related("topic"), pk=pk)
    return redirect(reading.place_of(post))


@require_safe
def topic_unread(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first post that the reader does not know yet."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    return redirect(reading.first_unread(topic, request.user))


@require_safe
def post_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said before it was edited."""
    post = seen_post(request, pk)
    context = {"post": post, "topic": post.topic, "forum": post.topic.forum, "versions": own.versions(post)}
    return render(request, "forums/post_history.html", context)


@require_safe
def topic_latest(request: HttpRequest, pk: int) -> HttpResponse:
    """The number of the last post, for pages that stand open: what it says, the page has to be asked for."""
    return JsonResponse({"latest": seen_topic(request, pk).last_number}, headers={"Cache-Control": "no-store"})


@signed_in()
@require_safe
def topic_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the beginning of a name may mean: none but those who may read the topic."""
    topic = seen_topic(request, pk)
    typed = text.one_line(request.GET.get("q", ""))
    found = mentions.suggested(typed, topic.forum, viewer=request.user) if policy.can_reply(request.user, topic) and len(typed) > 1 else ()
    return JsonResponse({"people": [{"handle": person.handle, "name": person.name} for person in found]})
