"""What pages of the forums write with."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cop_site.core import wishes

from ..selectors.place import Place

register = template.Library()

MOST_KEPT = 4000
_kept: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()
_lock = Lock()


@register.simple_tag(takes_context=True)
def post(context: Any, place: Place) -> SafeString:
    """A post as it stands in its topic.

    What was drawn once is kept by all that it was drawn from, words, names and rights: so it is never old, and never
    another reader's. Nothing in it may depend on anything else of the page.
    """
    zone = wishes.zone_of(context.get("request"))
    key = (get_language(), zone, *place.told)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    drawn = mark_safe(get_template("forums/_post.html").render({"place": place, "post": place.post, "request": context.get("request")}))
    with _lock:
        _kept[key] = drawn
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return drawn
