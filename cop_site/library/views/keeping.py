"""Keeps what is being typed into the share form: every few seconds by a script, with each page by the form itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop_site.accounts.access import signed_in

from .. import actions
from ..forms import shapes
from ..models import Practice, WorkingText

KEY, VERSION, SEEN, TAB, TURN = "working", "version", "seen", "tab", "turn"

NO_TAB = actions.Sending()


@dataclass(frozen=True)
class Place:
    """Where the words of a form are kept while it is filled: under which key, as which version, and what came from this tab so far."""

    key: UUID
    version: int = 0
    sending: actions.Sending = NO_TAB

    @classmethod
    def of(cls, kept: WorkingText) -> "Place":
        """A tab that opens it is a new one."""
        return cls(kept.key, kept.version)

    @classmethod
    def sent_with(cls, sent: QueryDict | None) -> "Place":
        """What the form carried; a new place where it carried none that can be read."""
        key = key_in(sent) if sent is not None else None
        return cls(key, _number(sent.get(VERSION)) or 0, sending_of(sent)) if key and sent is not None else cls(uuid4())


def owner_of(user: Any) -> str:
    """By what a device knows whose unsent words it holds; says nothing about the person."""
    return salted_hmac("own-device", str(user.pk)).hexdigest()[:16]


def key_in(sent: QueryDict) -> UUID | None:
    return _key(sent.get(KEY))


def sending_of(sent: QueryDict) -> actions.Sending:
    """From which tab it comes; nobody's where a form without scripts sends it."""
    return actions.Sending(_key(sent.get(TAB)), _number(sent.get(TURN)) or 0)


def _key(said: str | None) -> UUID | None:
    try:
        return UUID(said or "")
    except ValueError:
        return None


def seen_in(sent: QueryDict) -> int | None:
    """Over which revision the form was written; None where it does not say."""
    return _number(sent.get(SEEN))


def _number(said: str | None) -> int | None:
    is_number = said is not None and said.isascii() and said.isdigit() and len(said) < 10
    return int(said) if is_number and said else None


def keep(request: HttpRequest, practice: Practice | None, *, shape: str) -> Place:
    """Keep what was sent and could not be saved yet, in the shape it has now; more than is kept stays on the page alone."""
    try:
        kept = _keep(request, practice, {"as": [shape]})
        return Place(kept.key, kept.version, sending_of(request.POST))
    except actions.TooLong:
        return Place.sent_with(request.POST)


def _keep(request: HttpRequest, practice: Practice | None, beside: dict[str, list[str]]) -> WorkingText:
    sent = Place.sent_with(request.POST)
    fields = shapes.typed_in(request.POST) | beside
    where: dict[str, Any] = {"working": sent.key, "version": sent.version, "sending": sent.sending}
    return actions.keep_working_text(by=request.user, fields=fields, practice=practice, **where)


@require_POST
def keep_typing(request: HttpRequest) -> HttpResponse:
    """A script's saving: says where and as which version. Nobody is led anywhere: the words wait where they were typed."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    slug = request.POST.get("slug")
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug) if slug else None
    try:
        kept = _keep(request, practice, {})
    except actions.TooLong:
        return JsonResponse({}, status=413)
    is_copy = kept.key != key_in(request.POST)
    return JsonResponse({"working": str(kept.key), "version": kept.version, "isCopy": is_copy})


@signed_in()
@require_POST
def drop_typing(request: HttpRequest) -> HttpResponse:
    if key := key_in(request.POST):
        actions.drop_working_text(by=request.user, working=key)
        messages.success(request, _("What was typed and not saved is gone."))
    slug = request.POST.get("slug")
    return redirect("practice-edit", slug=slug) if slug else redirect("share")
