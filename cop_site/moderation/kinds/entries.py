"""What stands in the directory: entries of organisations, and questions to them."""

from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User
from cop_site.core import text
from cop_site.directory import actions as directory
from cop_site.directory import policy
from cop_site.directory.actions.parts import locked
from cop_site.directory.models import Inquiry, Listing

from ..choices import Outcome
from .base import Kind, Place, Seen, State


class Entries(Kind):
    """An entry is its organisation's: those who look after it are told, and nobody is its author."""

    name, label, model = "organisation", _("Entry of the directory"), Listing

    def find(self, pk: int, viewer: Any) -> Listing | None:
        return Listing.objects.visible_to(viewer).listed().select_related("organisation").filter(pk=pk).first()

    def row(self, pk: int) -> Listing | None:
        return Listing.objects.select_related("organisation").filter(pk=pk).first()

    def locked(self, pk: int) -> Listing | None:
        entry = self.row(pk)
        return locked(entry) if entry else None

    def is_hers(self, user: Any, row: Listing) -> bool:
        return policy.is_steward(user, row.organisation)

    def author_of(self, row: Listing, *, reporter: Any) -> User | None:
        return None

    def said_by(self, row: Listing) -> str:
        return row.organisation.name

    def seen(self, row: Listing) -> Seen:
        """What it says in both languages, without the ways to reach it: those have readers of their own."""
        told = [text.render(said) for said in (row.about_id, row.offers_id, row.about_en, row.offers_en) if said]
        told += [f"<p>{escape(said)}</p>" for said in (row.hours, row.conflict_note) if said]
        return Seen(row.organisation.name, "".join(told))

    def state(self, row: Listing) -> State:
        return State.SHOWN if row.organisation.is_listed else State.GONE

    def carry_out(self, row: Listing, outcome: Outcome, *, by: User, reason: str, case: int) -> bool:
        if outcome != Outcome.TAKE_AWAY or not row.organisation.is_listed:
            return False
        directory.take_listing(row, by=by, reason=reason, case=case)
        return True

    def take_back(self, row: Listing, outcome: Outcome, *, by: User, because: str, case: int) -> None:
        if outcome == Outcome.TAKE_AWAY:
            directory.give_listing_back(row, by=by, case=case)


class Inquiries(Kind):
    """Two people read a question and its answer; it stays, what is judged is how somebody wrote."""

    name, label, model = "inquiry", _("Question to an organisation"), Inquiry
    outcomes = (Outcome.KEEP,)

    def find(self, pk: int, viewer: Any) -> Inquiry | None:
        return _with_people(Inquiry.objects.visible_to(viewer)).filter(pk=pk).first()

    def row(self, pk: int) -> Inquiry | None:
        return _with_people(Inquiry.objects).filter(pk=pk).first()

    def locked(self, pk: int) -> Inquiry | None:
        return _with_people(Inquiry.objects.select_for_update(of=("self",))).filter(pk=pk).first()

    def url(self, row: Inquiry) -> str:
        return reverse("organisation-inquiries", args=[row.listing.organisation.slug])

    def is_hers(self, user: Any, row: Inquiry) -> bool:
        """A question without an answer is all the asker's; with one, each of the two judges the other."""
        return user == row.asker and row.answered_at is None

    def author_of(self, row: Inquiry, *, reporter: Any) -> User | None:
        return row.answered_by if reporter is not None and reporter == row.asker else row.asker

    def seen(self, row: Inquiry) -> Seen:
        answer = f"<hr>{text.render(row.answer)}" if row.answer else ""
        return Seen("", text.render(row.text) + answer)

    def place(self, row: Inquiry) -> Place:
        return Place(provinces=row.listing.provinces)

    def state(self, row: Inquiry) -> State:
        return State.SHOWN


def _with_people(inquiries: Any) -> Any:
    return inquiries.select_related("listing__organisation", "asker", "answered_by")
