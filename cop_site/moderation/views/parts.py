"""What several pages of moderation share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from cop_site.screening.refusing import NotReady

from ..models import Phrase

reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


def done(form: Any, do: Callable[[], object]) -> Any:
    """What the deed made; None where it was refused, which the form then says."""
    try:
        return do()
    except NotReady as refusal:
        form.refuse(refusal)
        return None


def done_or_told(request: HttpRequest, do: Callable[[], object], sentence: Any) -> None:
    """Do a deed that comes from a button alone, and say what came of it."""
    try:
        do()
    except NotReady as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, sentence)


def with_phrase(request: HttpRequest, language: str = "") -> dict[str, str]:
    """What stood in the form, with the chosen sentence at hand where the reason goes."""
    said = request.POST.dict()
    number = said.get("phrase", "")
    chosen = Phrase.objects.filter(is_used=True, pk=number).first() if number.isdecimal() and len(number) < 18 else None
    if chosen:
        words, typed = chosen.words_in(language or get_language() or "id"), said.get("reason", "").strip()
        said["reason"] = words if not typed or typed == words else f"{typed}\n{words}"
        if chosen.outcome and not said.get("outcome"):
            said["outcome"] = chosen.outcome
    return said
