"""Translations: begin one, both sides, still current; and whether a text still holds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy
from ..models import Practice
from ..selectors import copying, translations
from .steps import Question
from .writing import reads_or_posts


def _seen(request: HttpRequest, slug: str) -> Practice:
    return get_object_or_404(Practice.objects.visible_to(request.user).select_related("translation_of"), slug=slug)


@signed_in()
@once_agreed()
@reads_or_posts
def translate(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    require(policy.can_translate(request.user, practice))
    if request.method == "POST":
        begun = actions.start_translation(practice, by=request.user, key=deed_key(request))
        messages.success(request, _("A draft is ready. What is chosen from lists was taken over; the words are yours to write."))
        return redirect("practice-edit", slug=begun.slug)
    question = Question(
        title=_("Translate this text?"),
        text=_(
            "A draft begins in the other language, beside the original. It goes through review like every text and is never shown"
            " to more people than the original."
        ),
        verb=_("Begin the translation"),
        done="",
    )
    return render(request, "library/step.html", {"practice": practice, "question": question, "form": None, "problems": []})


@require_GET
def side_by_side(request: HttpRequest, slug: str) -> HttpResponse:
    pair = translations.side_by_side(_seen(request, slug), viewer=request.user)
    if pair is None:
        raise Http404
    return render(request, "library/side_by_side.html", {"pair": pair, "practice": pair.original})


@require_POST
@signed_in()
def confirm_translation(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    actions.confirm_translation_is_current(practice, by=request.user, key=deed_key(request))
    messages.success(request, _("Noted: the translation fits the original as it stands now."))
    return redirect(practice)


@require_POST
@signed_in()
def confirm_still_right(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    actions.confirm_still_right(practice, by=request.user, key=deed_key(request))
    messages.success(request, _("Noted: it still holds. It is asked again in two years."))
    return redirect(practice)


@signed_in()
@require_GET
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    words = copying.whole_text(practice, viewer=request.user)
    file = f'attachment; filename="{practice.slug}.txt"'
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": file})
