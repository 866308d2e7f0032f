"""Works an import off, line by line. Whatever dies in between: a line is either done and noted, or neither."""

import json
import logging
import time

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext_noop

from cop_site.core.records.refusing import Refused

from .. import carrying_policy as policy
from ..importing.content import Record, record_of
from ..importing.intake import note_refusal
from ..importing.weighing import Outcome, Weighed, Wish, row_of, weigh
from ..models import ImportLine, ImportRun
from .bringing import end_run
from .importing import import_practice

log = logging.getLogger(__name__)

MOMENT = 2.0  # seconds of work at a time: others wait for the runner too
FAILED = gettext_noop("something failed here, not in your file; this line was left out")


def go_on(run: ImportRun) -> bool:
    """Work for a moment; says whether there is more to do. Rights are asked anew each time."""
    if not run.is_at_work:
        return False
    if not policy.can_import(run.by):
        end_run(run, ImportRun.State.STOPPED)
        return False
    until = time.monotonic() + MOMENT
    noted = "outlook" if run.state == ImportRun.State.LOOKING else "outcome"
    while (pk := run.lines.filter(**{noted: ""}).values_list("pk", flat=True).first()) is not None:
        _work_on(run, pk, noted)
        if time.monotonic() > until:
            return True
    _finish(run)
    return False


@transaction.atomic
def _finish(run: ImportRun) -> None:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state == ImportRun.State.LOOKING:
        run.state = ImportRun.State.READY
        run.save(update_fields=["state"])
    elif run.state == ImportRun.State.RUNNING:
        end_run(run, ImportRun.State.DONE)


@transaction.atomic
def _work_on(run: ImportRun, pk: int, noted: str) -> None:
    line = ImportLine.objects.select_for_update(of=("self",)).get(pk=pk)
    is_still = ImportRun.objects.filter(pk=run.pk, state=run.state).exists()
    if getattr(line, noted) or not is_still:  # somebody else did it, or the run was let go meanwhile
        return
    try:
        _weigh(run, line) if noted == "outlook" else _bring_in_or_again(run, line)
    except Refused as why:
        note_refusal(line, why, noted)
    except OperationalError:  # the database is busy or away: later
        raise
    except Exception as error:
        # The type alone: an exception's words may hold what the file says.
        log.error("Line %s of import %s failed: %s", line.number, run.pk, type(error).__name__)
        note_refusal(line, Refused(FAILED), noted, outcome=ImportLine.Outcome.FAILED)
    line.save()


def _weigh(run: ImportRun, line: ImportLine) -> None:
    told = _understood(line)
    earlier = run.lines.filter(external_id=told.external_id, pk__lt=line.pk).exclude(outlook=ImportLine.Outcome.REFUSED).first()
    if earlier:
        place = f"{earlier.number} ({earlier.sheet})" if earlier.sheet else str(earlier.number)
        raise Refused(gettext_noop("id %(said)s stands in line %(place)s already"), said=repr(told.external_id), place=place)
    line.external_id = told.external_id
    _note(line, weigh(row_of(told.external_id), told, _wish(run)), "outlook")


def _bring_in_or_again(run: ImportRun, line: ImportLine) -> None:
    """Another run may make the same row at the same moment: the second time it is there, and is brought up to date."""
    try:
        with transaction.atomic():
            _bring_in(run, line)
    except IntegrityError:
        with transaction.atomic():
            _bring_in(run, line)


def _bring_in(run: ImportRun, line: ImportLine) -> None:
    told, wish = _understood(line), _wish(run)
    weighed = weigh(row_of(told.external_id), told, wish)
    line.practice = import_practice(by=run.by, told=told, wish=wish)
    _note(line, weighed, "outcome")


def _understood(line: ImportLine) -> Record:
    return record_of(json.loads(line.told))


def _wish(run: ImportRun) -> Wish:
    return Wish(run.is_published, run.level)


def _note(line: ImportLine, weighed: Weighed, noted: str) -> None:
    setattr(line, noted, ImportLine.Outcome(Outcome(weighed.outcome)))
    line.types, line.warned, line.reason, line.named, line.said = list(weighed.types), list(weighed.warned), "", {}, ""
