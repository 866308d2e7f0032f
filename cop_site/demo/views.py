"""The demo's own pages: who may sign in, and the mails that were sent. There is no such page on a real site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cop_site.accounts.models import Role, Task
from cop_site.core import mail

from .letters import head_of, letter_in
from .seeding import PASSWORD, told

PAGE_SIZE = 50


def only_in_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, **chosen: Any) -> HttpResponse:
        if not settings.IS_DEMO:
            raise Http404
        return view(request, **chosen)

    return never_cache(require_safe(answer))


@only_in_demo
def sign_ins(request: HttpRequest) -> HttpResponse:
    accounts = [
        {
            "email": person["email"],
            "role": Role(person["role"]).label,
            "tasks": [Task.Kind(task["task"]).label for task in person["tasks"] if not task.get("ended")],
        }
        for person in told("people")
    ]
    return render(request, "demo/sign_ins.html", {"accounts": accounts, "password": PASSWORD})


@only_in_demo
def mail_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(mail.letters(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "demo/mail_list.html", {"page": page, "letters": [head_of(path) for path in page]})


@only_in_demo
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    path = mail.letter(name)
    if path is None:
        raise Http404
    return render(request, "demo/mail.html", {"letter": letter_in(path, request.get_host())})
