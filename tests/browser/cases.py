"""The moderators' desk to look at: a reported post, decisions about a member, an objection, sentences at hand, a turn."""

from datetime import date
from typing import Any

from cop_site.accounts.models import Block
from cop_site.forums import actions as forums
from cop_site.forums.models import Topic
from cop_site.moderation import actions, objecting
from cop_site.screening import actions as screening
from tests.forums.factories import known

REASON = "Kalimat ini menyerang orangnya, bukan pendapatnya."


def plant(cast: dict[str, Any], talks: dict[str, list]) -> dict[str, list]:
    """What addresses of the desk are filled with, by the name of the sample."""
    topic = Topic.objects.get(pk=talks["topic-number"][0])
    answer = topic.posts.get(pk=talks["answer"][0])
    for reporter, note in ((cast["colleague"], "Sumbernya tidak ada."), (cast["convenor"], "")):
        case = actions.report(answer, by=reporter, reason="wrong", note=note).case
    about_her = _decided(cast, topic, by=cast["member"], judge=cast["moderator"])
    appealed = _decided(cast, topic, by=cast["member2"], judge=cast["secretariat"], sanction="warning")
    appeal = actions.appeal(appealed, by=cast["member2"], words="Maksud saya lain.")
    actions.keep_phrase(None, by=cast["moderator"], name="Nada", words_id=REASON, outcome="take-away")
    actions.put_on_rota(cast["moderator"], by=cast["secretariat"], starts_on=date(2026, 1, 1), ends_on=date(2099, 1, 1))
    Block.objects.create(person=cast["member"], blocked=cast["convenor"])
    word = screening.watch_word(by=cast["moderator"], pattern="gaji besar tanpa*", action="flag", note="Lowongan palsu")
    suspended = _decided(cast, topic, by=cast["former"], judge=cast["moderator"], sanction="suspension", days=7)
    return {
        "case": [case.pk],
        "reported-post": ["post", topic.posts.get(number=5).pk],
        "decision": [about_her.pk],
        "appeal": [appeal.pk],
        "word": [word.pk],
        "author": ["post", answer.pk],
        "objection": [objecting.path_of(suspended).split("/")[-2]],
    }


def _decided(cast: dict[str, Any], topic: Topic, *, by: Any, judge: Any, **more: Any) -> Any:
    said = forums.reply_to(topic, by=known(by), source="Kalimat yang kurang pantas.")
    case = actions.report(said, by=cast["colleague"], reason="harassment").case
    return actions.decide(case, by=judge, outcome="take-away", reason=REASON, **more)
