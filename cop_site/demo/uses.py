"""What the demo's people make of each other's texts: reports of having tried one, a translation, reading lists, searches."""

from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from cop_site.accounts.models import Level, User
from cop_site.library import actions
from cop_site.library.models import AdaptationReport, Practice, ReadingList
from cop_site.search import missed, registry
from cop_site.search.actions import save_search
from cop_site.search.asked import Asked
from cop_site.search.models import Miss, SavedSearch

from . import writings
from .planting import organisation_of, row_of, someone

REPLICATED = "tereplikasi"


def report(told: dict[str, Any]) -> AdaptationReport:
    """Somebody of another organisation says how it went; a reviewer lets it stand as evidence."""
    words = {name: told[name] for name in ("service_scale", "province", "year", "outcome", "text")}
    author, organisation = someone(told["author"]), organisation_of(told["organisation"])
    practice = _text(f"practice:{told['practice']}", author)
    made = actions.report_adaptation(practice, by=author, organisation=organisation, **words)
    at = writings.moment(told["key"], told["days_ago"])
    if told["state"] == AdaptationReport.State.ACCEPTED:
        made = actions.accept_adaptation(made, by=someone(told["decided_by"]), note=told["note"])
        made.decided_at = at + writings.TO_REVIEW
    made.created_at = at
    made.save(update_fields=["created_at", "decided_at"])
    return made


def call_replicated(key: str, by: str) -> Practice:
    """What two accepted reports from two provinces allow."""
    reviewer = someone(by)
    return actions.set_evidence(_text(f"practice:{key}", reviewer), by=reviewer, evidence=REPLICATED)


def translate(told: dict[str, Any]) -> Practice:
    """The words of a practice in the other language, which go the same way as all words."""
    translator = someone(told["author"])
    translation = actions.start_translation(_text(f"practice:{told['original']}", translator), by=translator)
    words = writings.words_of(told) | {"organisation": organisation_of(told["organisation"])}
    actions.change_practice(translation, by=translator, **words)
    return writings.bring(translation, told)


def put_together(told: dict[str, Any]) -> ReadingList:
    """A reading list with a word on each text; one for everybody was read by somebody else before."""
    author, is_public = someone(told["author"]), told["visibility"] == Level.PUBLIC
    words = {name: told[name] for name in ("title", "intro")} | {"language": told.get("language", "id")}
    made = actions.make_list(by=author, visibility=Level.NETWORK if is_public else told["visibility"], **words)
    for key, note in told["entries"]:
        actions.add_to_list(made, _text(key, author), by=author, note=note)
    if is_public:
        actions.ask_for_public_list(made, by=author)
        actions.make_list_public(made, by=someone(told["made_public_by"]))
    at = writings.moment(told["key"], told["days_ago"])
    ReadingList.objects.filter(pk=made.pk).update(created_at=at - writings.TO_WRITE, changed_at=at)
    return made


def keep(told: dict[str, Any]) -> SavedSearch:
    """A search that somebody asks again and again, and has not looked at for a while."""
    owner = someone(told["owner"])
    saved = save_search(by=owner, name=told["name"], asked=Asked.read(QueryDict(told["query"]), registry.kinds()))
    SavedSearch.objects.filter(pk=saved.pk).update(looked_at=timezone.now() - timedelta(days=told["days_ago"]))
    return saved


def miss(told: dict[str, Any]) -> Miss:
    """What several people asked for on several days, and nobody has written yet."""
    words, today = missed.words_to_keep(told["words"]), timezone.localdate()
    days = [Miss(day=today - timedelta(days=days_ago), language=told["language"], words=words) for days_ago in told["days_ago"]]
    return Miss.objects.bulk_create(days)[0]


def _text(key: str, reader: User) -> Practice:
    return Practice.objects.visible_to(reader).get(pk=row_of(key))
