"""The fixed baseline of bench/forum.py: the same rows through views that do nothing else, on the same server.

    PORT=8123 .venv/bin/python bench/bare.py

Plain templates with the rows of one page, and nobody signed in: no session, no rights, no menus, no middleware.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "script")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings")

import django  # noqa: E402
import listening  # noqa: E402
import uvicorn  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup(set_prefix=False)
settings.ROOT_URLCONF, settings.MIDDLEWARE = "bare", []

from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.urls import path  # noqa: E402

from cop_site.core.threads import PooledHandler  # noqa: E402
from cop_site.forums.models import Forum, Post, Topic  # noqa: E402

PAGE = 20
_engine = Engine()
_INDEX = _engine.from_string(
    "<!doctype html><title>Forums</title><ul>{% for one in rows %}<li><a href='/forums/{{ one.slug }}/'>{{ one.name_id }}</a> {{ one.about_id }} "
    "{{ one.topic_count }} {{ one.post_count }} {{ one.last_topic.title }} {{ one.last_topic.last_post_at }}</li>{% endfor %}</ul>"
)
_LIST = _engine.from_string(
    "<!doctype html><title>{{ forum.name_id }}</title><ul>{% for one in rows %}<li><a href='/forums/t/{{ one.pk }}/{{ one.slug }}/'>{{ one.title }}"
    "</a> {{ one.starter.name }} {{ one.post_count }} {{ one.last_post_at }}</li>{% endfor %}</ul>"
)
_TOPIC = _engine.from_string(
    "<!doctype html><title>{{ topic.title }}</title><h1>{{ topic.title }}</h1>{% for one in rows %}<article>{{ one.author.name }} "
    "{{ one.created_at }} {{ one.html|safe }}</article>{% endfor %}"
)


def forums(request: HttpRequest) -> HttpResponse:
    rows = Forum.objects.filter(visibility="publik").select_related("last_topic").order_by("position")
    return HttpResponse(_INDEX.render(Context({"rows": rows})))


def forum(request: HttpRequest, slug: str) -> HttpResponse:
    found, start = Forum.objects.get(slug=slug), (_page(request) - 1) * PAGE
    rows = Topic.objects.unscoped("the baseline").filter(forum=found).shown().newest_first().select_related("starter")
    return HttpResponse(_LIST.render(Context({"forum": found, "rows": rows[start : start + PAGE]})))


def topic(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found, last = Topic.objects.unscoped("the baseline").get(pk=pk), _page(request) * PAGE
    rows = Post.objects.unscoped("the baseline").filter(topic=found, number__range=(last - PAGE + 1, last))
    return HttpResponse(_TOPIC.render(Context({"topic": found, "rows": rows.select_related("author").order_by("number")})))


def _page(request: HttpRequest) -> int:
    return int(request.GET.get("page", "1"))


urlpatterns = [
    path("readyz", lambda request: HttpResponse("ready")),
    path("forums/", forums),
    path("forums/t/<int:pk>/<slug:slug>/", topic),
    path("forums/<slug:slug>/", forum),
]


def main() -> None:
    sys.modules["bare"] = sys.modules["__main__"]
    django_alone = PooledHandler()

    async def application(scope, receive, send):
        await django_alone(scope, receive, send)

    config = uvicorn.Config(application, loop="uvloop", http="httptools", lifespan="off", access_log=False, log_config=None)
    uvicorn.Server(config).run(sockets=listening.sockets())


if __name__ == "__main__":
    main()
