"""Deeds about the files of a practice."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require
from cop_site.files.actions import discard
from cop_site.files.intake import Incoming
from cop_site.screening.guard import FieldFinding, screen, screen_fields

from .. import policy, rules
from ..models import Practice, PracticeFile
from ..selectors import attaching
from .parts import locked


@dataclass(frozen=True)
class Offer:
    """A cleaned file, what its author says of it, and what the guard found in all of that."""

    incoming: Incoming
    caption: str
    reason: str
    findings: tuple[FieldFinding, ...]

    @classmethod
    def of(cls, incoming: Incoming, *, caption: str, reason: str = "") -> "Offer":
        """Look a file through. It takes seconds for a long one, so it is done before the deed that others wait for."""
        said = {"caption": text.one_line(caption), "reason": text.normal(reason)}
        in_its_name = [
            FieldFinding("name", None, hit.type, hit.action, hit.start, hit.end) for hit in screen(incoming.name, kind="filename")
        ]
        found = (*in_its_name, *screen_fields(said | {"text": incoming.text}))
        return cls(incoming, said["caption"], said["reason"], found)

    @property
    def texts(self) -> dict[str, str]:
        """All that the guard read, by the names of its findings."""
        return {"name": self.incoming.name, "caption": self.caption, "reason": self.reason, "text": self.incoming.text}


@deed
def attach_file(practice: Practice, *, by: User, offer: Offer) -> Practice:
    """List one file more in the author's newest words; readers find it once these were reviewed.

    Refuses personal data in its name, its text and what is said of it; what the guard only warns of needs a reason.
    """
    practice = locked(practice)
    require(policy.can_change(by, practice))
    newest = practice.get_latest_revision_as_object()
    _refuse(newest, offer)
    file = offer.incoming.keep(by=by)
    PracticeFile.objects.create(practice=practice, file=file)
    newest.attachments = [*newest.attachments, {"file": str(file.pk), "caption": offer.caption}]
    newest.warn_reason = "\n".join(dict.fromkeys(said for said in (newest.warn_reason, offer.reason) if said))
    _keep(practice, newest, by=by)
    record(Verb.ATTACHED_FILE, by=by, subject=practice, file=str(file.pk))
    return practice


@deed
def detach_file(practice: Practice, *, by: User, file: UUID) -> Practice:
    """Take a file off the author's newest words; it is gone for good once readers do not find it either."""
    practice = locked(practice)
    require(policy.can_change(by, practice))
    newest = practice.get_latest_revision_as_object()
    if file not in attaching.listed_in(newest):
        return practice
    newest.attachments = [one for one in newest.attachments if one["file"] != str(file)]
    _keep(practice, newest, by=by)
    let_go_of_unlisted(practice)
    record(Verb.DETACHED_FILE, by=by, subject=practice, file=str(file))
    return practice


def let_go_of_unlisted(practice: Practice) -> None:
    """Files that nothing lists are gone with the deed that calls this."""
    for kept in attaching.unlisted(practice):
        discard(kept.file)


def let_go_of_all(practice: Practice) -> None:
    """All files of a practice are gone with the deed that calls this."""
    for kept in practice.files.select_related("file"):
        discard(kept.file)


def _keep(practice: Practice, newest: Practice, *, by: User) -> None:
    """In the draft itself, or, once readers see it, in a revision that waits for review."""
    if not practice.live:
        newest.save(update_fields=["attachments", "warn_reason"])
    newest.save_revision(user=by)
    Practice.objects.filter(pk=practice.pk).update(changed_at=timezone.now())
    practice.refresh_from_db()


def _refuse(newest: Practice, offer: Offer) -> None:
    most = attaching.most_files()
    if len(attaching.attached(newest)) >= most:
        sentence = ngettext("At most %(number)d file goes with one text.", "At most %(number)d files go with one text.", most)
        raise rules.NotReady([rules.Problem("upload", sentence % {"number": most})], [])
    if rules.blocking(list(offer.findings)):
        raise rules.NotReady([], list(offer.findings))
    if offer.findings and not offer.reason:
        asked = rules.Problem("reason", _("Say why these details may stay, or take them out of the file."))
        raise rules.NotReady([asked], list(offer.findings))
