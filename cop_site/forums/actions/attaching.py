"""Files that hang on posts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.files.intake import Incoming
from cop_site.screening.guard import FieldFinding, screen, screen_fields
from cop_site.screening.refusing import NotReady, Problem

from ..models import Post, PostFile
from ..rules import MOST_FILES


@dataclass(frozen=True)
class Offer:
    """A cleaned file and what the guard found in its name and text."""

    incoming: Incoming
    findings: tuple[FieldFinding, ...]

    @classmethod
    def of(cls, incoming: Incoming) -> "Offer":
        """Look a file through. It takes seconds for a long one, so it is done before the deed that others wait for."""
        in_its_name = [
            FieldFinding("file", None, hit.type, hit.action, hit.start, hit.end) for hit in screen(incoming.name, kind="filename")
        ]
        return cls(incoming, (*in_its_name, *screen_fields({"file": incoming.text})))


def hang_on(post: Post, files: tuple[Offer, ...], *, by: User) -> None:
    """Keep the files with the post. Nobody reads a file before it is downloaded: whatever the guard finds in one is refused."""
    if len(files) > MOST_FILES:
        raise NotReady([Problem("file", _("At most %(number)d files go with one post.") % {"number": MOST_FILES})])
    for offer in files:
        if offer.findings:
            raise NotReady(
                [Problem("file", _("The file holds details that may point to a person. Take them out, or leave the file away."))]
            )
        PostFile.objects.create(post=post, file=offer.incoming.keep(by=by))
    if files:
        post.file_count = len(files)
        post.save(update_fields=["file_count"])
