"""What stands in the library: practices and documents, reading lists, and what others say of having tried a practice."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User
from cop_site.core import text
from cop_site.forums.choices import Held
from cop_site.library import actions as library
from cop_site.library import holding_policy, template
from cop_site.library.actions.judging import locked_row
from cop_site.library.models import AdaptationReport, Practice, ReadingList

from ..choices import Outcome
from .base import Kind, Place, Seen, State

_WHY = "the row that is judged; policies say by whom"
_NOT_FOR_ALL = {"sanitiser", "anonymisation"}  # how a story was made anonymous is for its author and the stewards
_READ_BY_MANY = ("publik", "jaringan")


class OfTheLibrary(Kind):
    """A row with an author that is taken from readers by holding it, and given back."""

    def row(self, pk: int) -> Any:
        return self.model.objects.unscoped(_WHY).select_related("author").filter(pk=pk).first()  # type: ignore[attr-defined]

    def locked(self, pk: int) -> Any:
        row = self.row(pk)
        return locked_row(row) if row else None

    def state(self, row: Any) -> State:
        return State.GONE if row.held_at else State.SHOWN

    def carry_out(self, row: Any, outcome: Outcome, *, by: User, reason: str, case: int) -> bool:
        if outcome != Outcome.TAKE_AWAY or self.state(row) == State.GONE:
            return False
        self.take(row, by=by, case=case)
        return True

    def take(self, row: Any, *, by: User, case: int) -> None:
        raise NotImplementedError

    def take_back(self, row: Any, outcome: Outcome, *, by: User, because: str, case: int) -> None:
        if outcome == Outcome.TAKE_AWAY:
            library.give_back(row, by=by, case=case)


class Practices(OfTheLibrary):
    name, label, model = "practice", _("Practice or document"), Practice
    can_wait = True

    def find(self, pk: int, viewer: Any) -> Practice | None:
        return Practice.objects.visible_to(viewer).published().filter(pk=pk).first()

    def seen(self, row: Practice) -> Seen:
        """Field by field as its readers find it, whoever they are."""
        with translation.override(row.language):
            summary = text.render(row.summary) if row.summary and "summary" not in row.html else ""
            return Seen(row.title, summary + "".join(_fields_of(row)), "", row.language)

    def state(self, row: Practice) -> State:
        if holding_policy.waits(row):
            return State.WAITS
        return State.SHOWN if row.live and not row.held_at and not row.is_withdrawn else State.GONE

    def held_because(self, row: Practice) -> str:
        return Held.RULES

    def carry_out(self, row: Practice, outcome: Outcome, *, by: User, reason: str, case: int) -> bool:
        """One that is refused stays as it is: with its author, who may mend it."""
        if outcome == Outcome.RELEASE:
            library.override_finding(row, by=by, reason=reason, case=case)
        return outcome in {Outcome.RELEASE, Outcome.REFUSE} or super().carry_out(row, outcome, by=by, reason=reason, case=case)

    def take_back(self, row: Practice, outcome: Outcome, *, by: User, because: str, case: int) -> None:
        if outcome == Outcome.RELEASE:
            library.hold_practice_again(row, by=by, case=case)
        else:
            super().take_back(row, outcome, by=by, because=because, case=case)

    def grant(self, row: Practice, outcome: Outcome, *, by: User, because: str, reason: str, case: int) -> None:
        if outcome == Outcome.REFUSE and holding_policy.waits(row):
            library.override_finding(row, by=by, reason=reason, case=case)
        else:
            super().grant(row, outcome, by=by, because=because, reason=reason, case=case)

    def take(self, row: Practice, *, by: User, case: int) -> None:
        library.take_practice(row, by=by, case=case)


def _fields_of(row: Practice) -> Iterator[str]:
    form = template.form_of(row.document_kind)
    for key, said in row.html.items():
        if key not in _NOT_FOR_ALL and key in form and said:
            yield f"<h3>{escape(form[key].label)}</h3>" + "".join(said if isinstance(said, list) else [said])


class Lists(OfTheLibrary):
    name, label, model = "list", _("Reading list"), ReadingList

    def find(self, pk: int, viewer: Any) -> ReadingList | None:
        return ReadingList.objects.visible_to(viewer).filter(pk=pk).first()

    def seen(self, row: ReadingList) -> Seen:
        """With the notes beside texts that the network reads; never what they stand beside."""
        notes = row.entries.filter(practice__visibility__in=_READ_BY_MANY).exclude(note="").values_list("note", flat=True)
        return Seen(row.title, row.html + "".join(f"<p>{escape(note)}</p>" for note in notes), "", row.language)

    def take(self, row: ReadingList, *, by: User, case: int) -> None:
        library.take_list(row, by=by, case=case)


class Adaptations(OfTheLibrary):
    name, label, model = "adaptation", _("Report of having tried a practice"), AdaptationReport

    def find(self, pk: int, viewer: Any) -> AdaptationReport | None:
        return AdaptationReport.objects.visible_to(viewer).select_related("practice", "author").filter(pk=pk).first()

    def url(self, row: AdaptationReport) -> str:
        return reverse("practice", args=[row.practice.slug])

    def seen(self, row: AdaptationReport) -> Seen:
        return Seen("", row.html, "", row.language)

    def place(self, row: AdaptationReport) -> Place:
        return Place(provinces=[row.province], language=row.language)

    def state(self, row: AdaptationReport) -> State:
        stands = row.state in {AdaptationReport.State.WAITING, AdaptationReport.State.ACCEPTED}
        return State.SHOWN if stands and not row.held_at else State.GONE

    def take(self, row: AdaptationReport, *, by: User, case: int) -> None:
        library.take_adaptation(row, by=by, case=case)
