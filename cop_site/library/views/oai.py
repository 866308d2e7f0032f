"""/oai: the six verbs of OAI-PMH 2.0, for everybody and about what everybody may read."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..harvesting import answers, asking
from ..harvesting.answers import Answer
from ..harvesting.asking import Refused
from ..selectors import harvesting
from ..selectors.harvesting import Harvested


@csrf_exempt  # harvesters may send their questions; answering changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """An error of the protocol is an answer like any other, with status 200."""
    base_url, told = settings.SITE_URL + request.path, {}  # type: str, Mapping[str, str]
    try:
        told = asking.arguments(request.POST if request.method == "POST" else request.GET)
        asking.check(told)
        words = VERBS[told["verb"]](told, Answer(base_url, told))
    except Refused as refused:
        words = Answer(base_url, answers.told_back(told, refused)).refusal(refused)
    return HttpResponse(words, content_type="text/xml; charset=utf-8", headers={"X-Robots-Tag": "noindex"})


def _identify(_told: Mapping[str, str], answer: Answer) -> bytes:
    return answer.identity(harvesting.first_moment())


def _list_metadata_formats(told: Mapping[str, str], answer: Answer) -> bytes:
    if "identifier" in told:
        _row(told["identifier"])
    return answer.formats()


def _list_sets(told: Mapping[str, str], answer: Answer) -> bytes:
    if "resumptionToken" in told:
        raise Refused("badResumptionToken", "Sets come in one answer.")
    return answer.sets(harvesting.set_specs())


def _get_record(told: Mapping[str, str], answer: Answer) -> bytes:
    return answer.records([_row(told["identifier"])])


def _list_records(told: Mapping[str, str], answer: Answer) -> bytes:
    return _listed(told, answer.records)


def _list_identifiers(told: Mapping[str, str], answer: Answer) -> bytes:
    return _listed(told, answer.headers)


def _row(identifier: str) -> Harvested:
    """What never was public gets the answer of what never was."""
    slug = answers.slug_in(identifier)
    row = harvesting.one(slug) if slug else None
    if row is None:
        raise Refused("idDoesNotExist", "There is nothing here by that identifier.")
    return row


def _listed(told: Mapping[str, str], write: Callable[..., bytes]) -> bytes:
    """A part of a list; it ends with a token that leads on, or, after the first part, with an empty one."""
    chosen = asking.selection(told)
    part = harvesting.part(chosen)
    if not part.rows and not chosen.after:
        raise Refused("noRecordsMatch", "Nothing here fits these dates and this set.")
    token = "" if chosen.after else None
    if part.next_after is not None:
        token = asking.sealed(told["verb"], replace(chosen, after=part.next_after, told=chosen.told + len(part.rows)))
    return write(part.rows, token, chosen.told)


VERBS: dict[str, Callable[[Mapping[str, str], Answer], bytes]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListRecords": _list_records,
    "ListIdentifiers": _list_identifiers,
}
