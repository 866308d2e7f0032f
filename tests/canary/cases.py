"""The canary's desk: for every level a reported post, a note that says why, a decision with its reason, an objection and its answer."""

from typing import Any

from cop_site.accounts import blocking
from cop_site.accounts.models import Block
from cop_site.forums.models import Post
from cop_site.moderation import actions, kinds
from cop_site.moderation.choices import Origin
from cop_site.moderation.models import Appeal, Case, Decision, Phrase
from cop_site.screening.models import WatchedWord

from .talks import LEVELS, OFFICE, WRITERS, may_read
from .talks import post as said_in

# Somebody who reads each level and did not write there.
REPORTERS = {"publik": "member", "jaringan": "member", "kelompok": "circle_mate", "organisasi": "colleague", "pengelola": "moderator"}


def plant(world: Any, everybody: Any) -> None:
    office = everybody(lambda who: who.role in OFFICE)
    for post in Post.objects.filter(held_at__isnull=False):
        actions.bring(post, origin=Origin.HELD, held_because=post.held_because)
    for level in LEVELS:
        audience = everybody(lambda who, level=level: may_read(who, level))
        _reported(world, level, audience, office)
        if level != "pengelola":  # there the author is of the office herself
            _decided(world, level, audience, office)
    _at_hand(world, office)
    world.samples |= {
        "block": [Block.objects.create(person=world.people["member"], blocked=world.people["former"]).pk],
        "case": list(Case.objects.values_list("pk", flat=True)),
        "decision": list(Decision.objects.values_list("pk", flat=True)),
        "appeal": list(Appeal.objects.values_list("pk", flat=True)),
        "report_kind": list(kinds.KINDS),
        "block_kind": blocking.kinds(),
        "report_pk": list(Case.objects.filter(kind="post").values_list("subject_id", flat=True)),
    }


def _reported(world: Any, level: str, audience: set[str], office: set[str]) -> None:
    """A moderator reads a reported row as it was reported, whatever its audience; the note is for moderators and whoever wrote it."""
    judges = office - {WRITERS[level]}
    word = world.plant(f"reported post for {level}", audience | judges, must=audience | judges)
    note = world.plant(f"why a post for {level} was reported", judges | {REPORTERS[level]}, must=judges)
    post = said_in(world, level, word)
    actions.report(post, by=world.people[REPORTERS[level]], reason="other", note=f"Catatan {note}")


def _decided(world: Any, level: str, audience: set[str], office: set[str]) -> None:
    """What was taken away is still for its author and for those who judge; so is all that they write to each other. Reasons stand in the journal."""
    author, moderator, other = world.people[WRITERS[level]], world.people["moderator"], world.people["secretariat"]
    between = office | {WRITERS[level]}
    post = said_in(world, level, world.plant(f"post for {level} that was taken away", between))
    report = actions.report(post, by=world.people[REPORTERS[level]], reason="spam")
    reason = world.plant(f"reason of a decision for {level}", between | {"auditor"}, must={WRITERS[level]})
    decision = actions.decide(report.case, by=moderator, outcome="take-away", reason=f"Alasan {reason}")
    words = world.plant(f"objection for {level}", between, must={"secretariat"})
    appeal = actions.appeal(decision, by=author, words=f"Keberatan {words}")
    if level != "kelompok":
        answer = world.plant(f"answer to an objection for {level}", between | {"auditor"}, must={WRITERS[level]})
        actions.decide_appeal(appeal, by=other, is_granted=False, answer=f"Jawaban {answer}")


def _at_hand(world: Any, office: set[str]) -> None:
    Phrase.objects.create(name="Uji", words_id=f"Kalimat {world.plant('phrase of moderators', office, must=office)}")
    note = world.plant("why a word is watched", office, must=office)
    word = WatchedWord.objects.create(pattern="uji kanari tak terpakai", action="flag", note=f"Catatan {note}")
    world.samples["word"] = [word.pk]
