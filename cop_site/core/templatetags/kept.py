"""Parts of a page that many readers get alike are drawn once.

    {% kept "menu" on section entry_shape theme own name=user.name here=path %} … {{ name }} … {% endkept %}

``on`` is followed by everything that the part is drawn from, besides the language; what comes after ``own`` is each reader's: the part
is drawn with a mark in its place, and the reader's word, escaped, is put there each time. The hidden ``csrfmiddlewaretoken`` and
``deed_key`` are always the reader's own. Whatever else the part shows and ``on`` does not name would be another reader's.
"""

import re
import secrets
from collections import OrderedDict
from threading import Lock
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..pages import token_of

register = template.Library()

MOST_KEPT = 1000  # parts of a few kB
_MARK = secrets.token_hex(8)  # nobody can write it
_OWN = re.compile(rf'name="(csrfmiddlewaretoken|deed_key)" value="[^"]*"|{_MARK}-(\w+)-')
_kept: OrderedDict[tuple[str, ...], list[str]] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Draw everything anew."""
    with _lock:
        _kept.clear()


class _Kept(template.Node):
    def __init__(self, nodelist: NodeList, name: str, on: list[FilterExpression], own: dict[str, FilterExpression]) -> None:
        self.nodelist, self.name, self.on, self.own = nodelist, name, on, own

    def render(self, context: template.Context) -> SafeString:
        if context.get("request") is None:  # an error page that stands without anything
            with context.push(**{name: value.resolve(context) for name, value in self.own.items()}):
                return self.nodelist.render(context)
        key = (self.name, get_language() or "", *(str(value.resolve(context)) for value in self.on))
        pieces = _kept.get(key) or self._drawn(key, context)
        own = {name: str(conditional_escape(value.resolve(context))) for name, value in self.own.items()}
        return mark_safe("".join(_filled(pieces, own, context["request"])))  # noqa: S308 - pieces were drawn by the template, words are escaped

    def _drawn(self, key: tuple[str, ...], context: template.Context) -> list[str]:
        with context.push(**{name: f"{_MARK}-{name}-" for name in self.own}):
            pieces = _OWN.split(self.nodelist.render(context))
        with _lock:
            _kept[key] = pieces
            if len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        return pieces


def _filled(pieces: list[str], own: dict[str, str], request: Any) -> list[str]:
    """What stands between the reader's own words comes in threes: the piece, the token's name or None, the word's name or None."""
    filled, tokens = list(pieces), {}
    for place in range(1, len(pieces), 3):
        token, word = pieces[place : place + 2]
        if token == "deed_key" or token not in tokens:  # each form has a key of its own; the other token is dear to make
            tokens[token] = token_of(request, token) if token else ""
        filled[place] = f'name="{token}" value="{tokens[token]}"' if token else own[word]
        filled[place + 1] = ""
    return filled


@register.tag
def kept(parser: Parser, token: Token) -> _Kept:
    """See the module."""
    _tag, name, *bits = token.split_contents()
    at = bits.index("own") if "own" in bits else len(bits)
    if bits[:1] != ["on"] or not name.startswith('"'):
        raise template.TemplateSyntaxError('{% kept "name" on … own name=value … %}')
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    own = token_kwargs(bits[at + 1 :], parser)
    return _Kept(nodelist, name.strip('"'), [parser.compile_filter(bit) for bit in bits[1:at]], own)
