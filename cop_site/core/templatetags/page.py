"""What page templates write with: icons, fields, addresses, bundles."""

import uuid
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, Form
from django.http import HttpRequest, QueryDict
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cop_site.core.assets import asset_url

register = template.Library()
register.simple_tag(asset_url, name="asset")


@register.simple_tag
def bundle_css(name: str) -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', asset_url(f"{name}.css"))


@register.simple_tag(takes_context=True)
def bundle_js(context: Any, name: str) -> SafeString:
    if name == "htmx" and (request := context.get("request")):
        request.loads_htmx = True  # core.middleware.ContentPolicy asks
    return format_html('<script src="{}" defer></script>', asset_url(f"{name}.js"))


@register.simple_tag
def clean(html: str) -> SafeString:
    """HTML that ``core.text.render`` wrote when the words were saved; nothing else may pass through here."""
    return mark_safe(html)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign beside words; alone only inside an ``.icon-button`` with a label."""
    return _icon(asset_url("img/sprite.svg"), name)


@cache
def _icon(sprite: str, name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def deed_key() -> SafeString:
    """Makes a POST form harmless to send twice."""
    return format_html('<input type="hidden" name="deed_key" value="{}">', uuid.uuid4())


@register.simple_tag
def evidence(level: int, label: str) -> SafeString:
    """Six strands, ``level`` of them dyed, never without their word."""
    return format_html('<span class="evidence" data-level="{}">{}</span>', level, label)


@register.simple_tag(takes_context=True)
def page_url_in(context: template.Context, language: str) -> str:
    """The same address in another language, with its query."""
    request = context["request"]
    query = request.META.get("QUERY_STRING", "")
    return path_in(language, request.path) + (f"?{query}" if query and request.method == "GET" else "")


@register.simple_tag
def home_url() -> str:
    """The home page in the reader's language."""
    return path_in(get_language() or settings.LANGUAGE_CODE, "/")


@register.simple_tag(takes_context=True)
def absolute_url_in(context: template.Context, language: str) -> str:
    """The address other sites should know: this page in one language, without a query."""
    request = context["request"]
    return request.build_absolute_uri(path_in(language, request.path))


def path_in(language: str, path: str) -> str:
    """Indonesian stands without a prefix, every other language under its own."""
    for code, _label in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            path = path[len(code) + 1 :]
    path = "/" + escape_uri_path(path).lstrip("/")  # two slashes would name another host
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **wishes: Any) -> str:
    """This page's query with some parameters set (a list: several; None or "": gone). A new choice starts at page one."""
    query = _query(context["request"])
    for name, value in wishes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query.setlist(name, [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)])
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, name: str, value: str) -> str:
    """This page's query without one value of one parameter: the address behind a chosen filter's cross."""
    query = _query(context["request"])
    query.setlist(name, [one for one in query.getlist(name) if one != str(value)])
    return f"?{query.urlencode()}"


def _query(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    query.pop("page", None)
    return query


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """The numbers to draw below a list: the first, the last, those around here, and gaps between them."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.inclusion_tag("_errors_summary.html")
def errors_summary(form: Form, **labels: str) -> dict[str, Any]:
    """What is in the way of a form, each with the way to its place; ``labels`` are those the page gives to fields itself."""
    places = []
    for bound in form:
        address, label = f"#{bound.auto_id}", labels.get(bound.name, bound.label)
        places += [(address, label, error) for error in bound.errors]
        places += [(address, label, _part(one, "title")) for one in _findings(bound) if _part(one, "action") == "block"]
    return {"places": places, "whole": form.non_field_errors(), "count": len(places) + len(form.non_field_errors())}


@register.inclusion_tag("_field.html")
def field(
    bound: BoundField, *, optional: bool | None = None, label: str = "", help: str | None = None, words: str = "", **attrs: Any
) -> dict[str, Any]:
    """One whole field: label, help, widget, word guidance, errors, findings; ``attrs`` go to the widget."""
    findings = _findings(bound)
    help = str(bound.help_text) if help is None else help
    described_by = _described_by(bound, help=help, words=words, findings=findings)
    return {
        "bound": bound,
        "kind": _kind(bound),
        "label": label or bound.label,
        "optional": not bound.field.required if optional is None else optional,
        "words": words,
        "findings": findings,
        "state": _state(bound, findings),
        "help": help,
        "described_by": described_by,
        "choices": _choices(bound) if _kind(bound) == "choices" else [],
        "widget": _widget(bound, attrs, described_by),
    }


def _widget(bound: BoundField, attrs: dict[str, Any], described_by: str) -> SafeString:
    if bound.is_hidden or _kind(bound) == "choices":
        return bound.as_widget() if bound.is_hidden else SafeString("")
    own = bound.field.widget.attrs.get("class", "")
    attrs = {name.replace("_", "-"): value for name, value in attrs.items() if value != ""}
    attrs["class"] = own if _kind(bound) == "check" else f"input {own}".strip()
    attrs["aria-describedby"] = described_by or False  # False: Django must not name a help that is not drawn
    if _state(bound, _findings(bound)) == "stop":
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


def _kind(bound: BoundField) -> str:
    if bound.is_hidden:
        return "hidden"
    if isinstance(bound.field.widget, CheckboxInput):
        return "check"
    return "choices" if bound.use_fieldset else "plain"


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    """Each choice with its line of help, where the form has one."""
    told = getattr(bound.form, "choice_help", {}).get(bound.name, {})
    return [{"option": option, "help": told.get(str(option.data["value"]), "")} for option in bound]


def _findings(bound: BoundField) -> list[Any]:
    """What the guard found in the field, as the form keeps it."""
    return list(getattr(bound.form, "findings", {}).get(bound.name, ()))


def _part(finding: Any, name: str) -> Any:
    return finding[name] if isinstance(finding, dict) else getattr(finding, name)


def _state(bound: BoundField, findings: list[Any]) -> str:
    if bound.errors or any(_part(one, "action") == "block" for one in findings):
        return "stop"
    return "warn" if findings else ""


def _described_by(bound: BoundField, *, help: str, words: str, findings: list[Any]) -> str:
    parts = {"helptext": help, "words": words, "error": bound.errors, "finding": findings}
    return " ".join(f"{bound.auto_id}_{name}" for name, present in parts.items() if present)


@register.simple_tag
def site_name() -> str:
    """The name of the site where no page is: in mails."""
    return settings.SITE_NAME


@register.simple_tag
def is_demo() -> bool:
    """Whether everything here is invented, which mails must say too."""
    return settings.IS_DEMO
