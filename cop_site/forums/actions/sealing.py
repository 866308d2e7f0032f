"""Opening a name that hides who writes: two moderators, a reason, the journal, and the author is told."""

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Pseudonym, Topic, Unsealing


@deed
def ask_to_unseal(pseudonym: Pseudonym, *, by: User, reason: str) -> Unsealing:
    """Ask a second moderator to agree that a name is opened. An open wish stays the one there is."""
    require(policy.can_ask_to_unseal(by, pseudonym) and Topic.objects.visible_to(by).filter(pk=pseudonym.topic_id).exists())
    said = rules.tidied({"reason": reason})
    rules.require_words(said)
    wishes = Unsealing.objects.select_for_update()  # of two who ask at once the second finds the first's
    unsealing, is_new = wishes.get_or_create(
        pseudonym=pseudonym, agreed_at=None, refused_at=None, defaults={"reason": said["reason"], "asked_by": by}
    )
    if not is_new:
        return unsealing
    record(Verb.ASKED_TO_UNSEAL, by=by, subject=unsealing, reason=said["reason"], topic=pseudonym.topic_id)
    return unsealing


@deed
def agree_to_unseal(unsealing: Unsealing, *, by: User) -> Unsealing:
    """Open the name for the two who asked and agreed; the one behind it is told by whom and why."""
    unsealing = _open(unsealing, by=by)
    unsealing.agreed_by, unsealing.agreed_at = by, timezone.now()
    unsealing.save(update_fields=["agreed_by", "agreed_at"])
    record(Verb.UNSEALED, by=by, subject=unsealing, reason=unsealing.reason, topic=unsealing.pseudonym.topic_id)
    return unsealing


@deed
def refuse_to_unseal(unsealing: Unsealing, *, by: User) -> Unsealing:
    """Leave the name closed."""
    unsealing = _open(unsealing, by=by)
    unsealing.refused_at = timezone.now()
    unsealing.save(update_fields=["refused_at"])
    record(Verb.REFUSED_TO_UNSEAL, by=by, subject=unsealing, topic=unsealing.pseudonym.topic_id)
    return unsealing


def _open(unsealing: Unsealing, *, by: User) -> Unsealing:
    rows = Unsealing.objects.select_for_update(of=("self",)).select_related("pseudonym")
    unsealing = rows.get(pk=unsealing.pk)
    require(policy.can_agree_to_unseal(by, unsealing))
    require(Topic.objects.visible_to(by).filter(pk=unsealing.pseudonym.topic_id).exists())
    return unsealing
