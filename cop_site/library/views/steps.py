"""Small steps with a text of one's own, each asked once more on a page: hand in, take back, throw away, fewer or more readers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cop_site.accounts.access import signed_in
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy, rules
from ..forms import NarrowForm, WithdrawForm
from ..models import Practice
from .writing import reads_or_posts

WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Question:
    """What a page asks before a deed is done."""

    title: str
    text: str
    verb: str
    done: str
    is_careful: bool = False
    offers_copy: bool = False  # of words that are about to go


def _seen(request: HttpRequest, slug: str) -> Practice:
    return get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)


def _ask_policy(request: HttpRequest, allowed: bool) -> None:
    """For the question; the deed asks for itself, since a second sending with one key is answered like the first."""
    require(allowed or request.method == "POST")


def _ask(
    request: HttpRequest,
    practice: Practice,
    question: Question,
    do: Callable[..., Any],
    *,
    form: forms.Form | None = None,
    to: str = "my-texts",
) -> HttpResponse:
    """Show the question; once it is answered, do the deed with what the form says."""
    problems: list[rules.Problem] = []
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            do(practice, by=request.user, key=deed_key(request), **(form.cleaned_data if form else {}))
        except rules.NotReady as refusal:
            problems = refusal.problems or [rules.Problem("", str(refusal.messages[0]))]
        else:
            drafts.drop(request, WITHDRAW)
            messages.success(request, question.done)
            return redirect(to if policy.may_have_texts(request.user) else "library")
    context = {
        "practice": practice,
        "question": question,
        "form": form,
        "problems": problems,
        "can_change": policy.can_change(request.user, practice),
    }
    return render(request, "library/step.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@reads_or_posts
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    _ask_policy(request, policy.can_submit(request.user, practice))
    question = Question(
        title=_("Hand in for review?"),
        text=_("A reviewer reads every field. Until there is a decision you cannot change it, but you can take it back."),
        verb=_("Hand in for review"),
        done=_("Handed in. A reviewer reads it; you will get a mail when there is news."),
    )
    return _ask(request, practice, question, actions.submit_practice)


@signed_in()
@reads_or_posts
def recall(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    _ask_policy(request, policy.can_recall(request.user, practice))
    question = Question(
        title=_("Take it back from the desk?"),
        text=_("It leaves the review desk and you can go on writing. Hand it in again when it is ready."),
        verb=_("Take it back"),
        done=_("Taken back. You can go on writing."),
    )
    return _ask(request, practice, question, actions.recall_practice)


@signed_in()
@reads_or_posts
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    _ask_policy(request, policy.can_discard(request.user, practice))
    question = Question(
        title=_("Throw this draft away?"),
        text=_("The draft and all its versions are deleted for good. Nobody else has seen it but reviewers, if it was handed in."),
        verb=_("Throw the draft away"),
        done=_("The draft is gone."),
        is_careful=True,
    )
    return _ask(request, practice, question, actions.discard_practice)


@signed_in()
@reads_or_posts
def ask_public(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    _ask_policy(request, policy.can_ask_for_public(request.user, practice))
    question = Question(
        title=_("Ask that everybody may read it?"),
        text=_(
            "A safety reviewer who does not belong to your organisation reads the published text and decides. Search engines"
            " will find it afterwards. Risks and safeguards stay inside the network."
        ),
        verb=_("Ask for the safety review"),
        done=_("Asked. A safety reviewer decides; you will get a mail when there is news."),
    )
    return _ask(request, practice, question, actions.ask_for_public)


@signed_in()
@reads_or_posts
def narrow(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    _ask_policy(request, policy.can_narrow(request.user, practice))
    question = Question(
        title=_("Let fewer people see it?"),
        text=_("It holds at once, in search and lists too. More readers again need a new review."),
        verb=_("Let fewer people see it"),
        done=_("Done. Fewer people see it from now on."),
        is_careful=True,
    )
    return _ask(request, practice, question, actions.narrow_practice, form=NarrowForm(request.POST or None, practice=practice))


@signed_in(form=WITHDRAW)
@reads_or_posts
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _seen(request, slug)
    require(policy.can_withdraw(request.user, practice) or (request.method == "POST" and practice.is_withdrawn))  # a second sending
    kept = drafts.recall(request, WITHDRAW, about=slug)
    first = {"kind": request.GET.get("kind", "")} | ({"text": kept.get("text", ""), "kind": kept.get("kind", "")} if kept else {})
    form = WithdrawForm(request.POST or None, initial=first)
    return _ask(request, practice, _about_withdrawing(request, practice), _withdraw, form=form)


def _about_withdrawing(request: HttpRequest, practice: Practice) -> Question:
    return Question(
        title=_("Withdraw this text?"),
        text=_(
            "It leaves the library, search and lists at once, and all its words are deleted: every version, files, notes, reports about"
            " it, translations of it. Nothing can be brought back. Its page stays and says only that it was withdrawn, when and why."
        ),
        verb=_("Withdraw it for good"),
        done=_("Withdrawn. Readers find a page that says so, and nothing else is left."),
        is_careful=True,
        offers_copy=policy.owns(request.user, practice),
    )


def _withdraw(practice: Practice, *, text: str, **how: Any) -> None:
    actions.withdraw_practice(practice, reason=text, **how)
