"""What one was told, what one follows, and how much is unread."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_site.accounts.access import signed_in
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.views import safe_next
from cop_site.forums.models import Forum, Topic
from cop_site.search.models import SavedSearch

from . import actions, policy
from .choices import Level
from .forms import LevelForm, MailForm, WordForm
from .models import Watch
from .selectors import counting, listing, wishing

reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])
TARGETS = {"forum": Forum, "topic": Topic, "saved-search": SavedSearch}


@signed_in()
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    require(policy.can_be_told(request.user))
    rows, page = listing.told_page(request.user, request.GET.get("page", "1"))
    has_unread = any(row.is_unread for row in rows) or bool(counting.unread_count(request.user))
    context = {"rows": rows, "page": page, "has_unread": has_unread, "now": timezone.now().isoformat()}
    return render(request, "notifications/list.html", context)


@signed_in()
@require_safe
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at one: a decision says why; all else leads on to its place. Whoever was told of what is closed to her now reads that it is."""
    told = listing.one_told(request.user, pk)
    if told is None:
        if listing.was_told(request.user, pk):
            return render(request, "notifications/gone.html", status=404)
        raise Http404
    actions.see(told.notification, by=request.user)
    place = listing.place_of(told.notification, viewer=request.user)
    if not listing.has_page_of_its_own(told.notification):
        return redirect(place)
    return render(request, "notifications/decision.html", {"told": told, "place": place})


@require_POST
@signed_in()
def notifications_seen(request: HttpRequest) -> HttpResponse:
    """All that stood on the list when it was drawn."""
    until = _moment(request.POST.get("until", ""))
    actions.see_all(by=request.user, key=deed_key(request), until=until)
    messages.success(request, _("Everything is marked as read."))
    return redirect("notifications")


def _moment(written: str):
    try:
        moment = parse_datetime(written)
    except ValueError:
        moment = None
    now = timezone.now()
    return min(moment, now) if moment and timezone.is_aware(moment) else now


@signed_in()
@never_cache
@require_safe
def notifications_unread(request: HttpRequest) -> JsonResponse:
    """How much is unread, for a page that stands open."""
    return JsonResponse({"unread": counting.unread_count(request.user)})


@signed_in()
@reads_or_posts
def notification_settings(request: HttpRequest) -> HttpResponse:
    """Of what a mail tells at once; what one follows and mutes."""
    require(policy.can_be_told(request.user))
    form = MailForm(request.POST or None, initial={"reasons": sorted(wishing.mailed(request.user))})
    if request.method == "POST" and form.is_valid():
        actions.set_mails(form.cleaned_data["reasons"], by=request.user, key=deed_key(request))
        messages.success(request, _("Kept. It holds from the next news on."))
        return redirect("notification-settings")
    return _settings_page(request, mails=form, words=WordForm())


def _settings_page(request: HttpRequest, *, mails: MailForm, words: WordForm) -> HttpResponse:
    context = {
        "form": mails,
        "words": words,
        "followed": wishing.followed(request.user),
        "searches": wishing.searches_that_tell(request.user),
    }
    return render(request, "notifications/settings.html", context, status=422 if mails.errors or words.errors else 200)


@require_POST
@signed_in()
def watch_word(request: HttpRequest) -> HttpResponse:
    require(policy.can_be_told(request.user))
    form = WordForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, mails=MailForm(initial={"reasons": sorted(wishing.mailed(request.user))}), words=form)
    tag, _colon, word = form.cleaned_data["word"].partition(":")
    level = Level.MUTE if request.POST.get("then") == "mute" else Level.WATCH
    actions.wish_level((tag, word), level, by=request.user, key=deed_key(request))
    messages.success(request, _("You follow this word.") if level == Level.WATCH else _("You hear nothing more of topics with this word."))
    return redirect("notification-settings")


@require_POST
@signed_in()
def watch(request: HttpRequest) -> HttpResponse:
    """Follow, mute or neither, by a button that stands on many pages."""
    form = LevelForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    target = get_object_or_404(TARGETS[said["kind"]].objects.visible_to(request.user), pk=said["about"])
    level = None if said["level"] == "none" else Level(said["level"])
    actions.wish_level(target, level, by=request.user, key=deed_key(request))
    messages.success(request, _done(level))
    return HttpResponseRedirect(safe_next(request))


def _done(level: Level | None) -> str:
    if level is None:
        return _("You neither follow nor mute this any more.")
    return _("You follow this now.") if level == Level.WATCH else _("You hear nothing more of this.")


@require_POST
@signed_in()
def watch_end(request: HttpRequest, pk: int) -> HttpResponse:
    ended = get_object_or_404(Watch.objects.visible_to(request.user), pk=pk)
    actions.end_watch(ended, by=request.user, key=deed_key(request))
    messages.success(request, _("You neither follow nor mute this any more."))
    return redirect("notification-settings")
