"""What readers find on the shelf: which texts, and by what a list of them is narrowed."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User
from cop_site.search.asked import Asked
from cop_site.search.listing import Answers, answers
from cop_site.search.registry import Facet
from cop_site.vocabulary import selectors as words

from .. import policy

KINDS = {policy.KIND: _("Practices"), policy.DOCUMENT_KIND: _("Documents")}
ONE = {policy.KIND: _("Practice"), policy.DOCUMENT_KIND: _("Document")}
LANGUAGES = {"id": _("Indonesian"), "en": _("English")}


def _language(code: str) -> Any:
    return LANGUAGES.get(code, code)


FACETS = (
    Facet.of_terms("scale", _("Service scale"), "service_scale", is_open=True),
    Facet.of_terms("mandate", _("Mandate"), "mandate", is_open=True),
    Facet.of_terms("evidence", _("Evidence level"), "evidence_level", is_open=True),
    Facet("province", _("Province"), words.provinces, words.province_name, by_number=True),
    Facet.of_terms("form", _("Form of exploitation"), "trafficking_form"),
    Facet.of_terms("document", _("Kind of text"), "document_kind"),
    Facet.of_terms("type", _("Practice type"), "practice_type"),
    Facet("language", _("Language"), LANGUAGES.keys, _language),
    Facet.of_terms("group", _("Mandate group"), "mandate_group", is_boxed=False),
)


def asked_of_the_shelf(given: QueryDict) -> Asked:
    """What an address asks of the library's list."""
    return Asked.read(given, tuple(KINDS))


def practice_list(viewer: User, asked: Asked) -> Answers:
    """The practices and documents that fit."""
    return answers(viewer, asked, tuple(KINDS))
