"""Files of records, for the secretariat: brought, looked through, run; and texts carried away."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.bodies import left_out_a_file
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer, asks_for_part
from cop_site.core.records.refusing import Unreadable
from cop_site.files.refusing import SENTENCES
from cop_site.files.serving import PIECE, disposition

from .. import actions
from .. import carrying_policy as policy
from ..forms.bringing import ExportForm, ImportForm
from ..importing.intake import waiting_lines
from ..models import ImportRun
from ..outgoing import files, sheets
from ..policy import DOCUMENT_KIND, KIND
from ..selectors import bringing, carrying
from .citing import Written
from .writing import reads_or_posts

MOST_HERE = 5_000  # texts in one download; for more there is the command


@signed_in()
@once_agreed()
@reads_or_posts
def import_desk(request: HttpRequest) -> HttpResponse:
    require(policy.can_import(request.user))
    if request.method == "POST":
        return _take(request)
    return _desk(request, ImportForm())


def _desk(request: HttpRequest, form: ImportForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "runs": bringing.runs_of(request.user), "document_kind": DOCUMENT_KIND}
    return render(request, "library/import_desk.html", context, status=status)


def _take(request: HttpRequest) -> HttpResponse:
    """Read the file and keep its lines to look at; nothing comes in yet."""
    form = ImportForm(request.POST, request.FILES)
    if left_out_a_file(request):
        form.is_valid()
        form.errors.pop("upload", None)
        form.add_error("upload", SENTENCES["too-large"])
        return _desk(request, form, status=413)
    if not form.is_valid():
        return _desk(request, form, status=422)
    try:
        lines, ending = waiting_lines(form.cleaned_data["upload"])
    except Unreadable as why:
        form.refuse_file(why)
        return _desk(request, form, status=422)
    run = actions.offer_import(by=request.user, key=deed_key(request), lines=lines, ending=ending, wish=form.wish)
    return redirect(run)


@signed_in()
@require_safe
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    if asks_for_part(request) and not run.is_at_work:
        return HttpResponseClientRefresh()
    shown = bringing.run_page(run, viewer=request.user, only=request.GET.get("only", ""), number=request.GET.get("page", 1))
    return answer(request, "library/import_run.html", {"shown": shown, "run": run}, part="work")


@signed_in()
@once_agreed()
@require_POST
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    actions.run_import(run, by=request.user, key=deed_key(request))
    return redirect(run)


@signed_in()
@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    actions.drop_import(run, by=request.user, key=deed_key(request))
    messages.success(request, _("Let go. Nothing of the file is kept."))
    return redirect("import-desk")


def _run(request: HttpRequest, pk: int) -> ImportRun:
    require(policy.can_import(request.user))
    return get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)


@signed_in()
@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    require(policy.can_import(request.user))
    kind = DOCUMENT_KIND if request.GET.get("kind") == DOCUMENT_KIND else KIND
    name = _("template-documents.xlsx") if kind == DOCUMENT_KIND else _("template-practices.xlsx")
    headers = {"Content-Type": files.MEDIA_TYPES["xlsx"], "Content-Disposition": disposition(name), "X-Robots-Tag": "noindex"}
    return HttpResponse(sheets.workbook({kind: []}), headers=headers)


@signed_in()
@once_agreed()
@reads_or_posts
def export(request: HttpRequest) -> HttpResponseBase:
    """A page and, since carrying away is written down, a form that posts: the file answers it."""
    require(policy.can_export(request.user))
    form = ExportForm(request.POST or None)
    if request.method != "POST":
        return _export_page(request, form)
    if not form.is_valid():
        return _export_page(request, form, status=422)
    return _carry(request, form)


def _export_page(request: HttpRequest, form: ExportForm, *, status: int = 200) -> HttpResponse:
    return render(request, "library/export.html", {"form": form, "most": MOST_HERE, "most_rows": sheets.MOST_RECORDS}, status=status)


def _carry(request: HttpRequest, form: ExportForm) -> HttpResponseBase:
    told, ending = form.cleaned_data, form.cleaned_data["ending"]
    chosen: dict[str, Any] = {"kinds": carrying.BOTH if told["kind"] == "all" else (told["kind"],)}
    chosen["levels"] = (told["level"],) if told["level"] else ()
    number = carrying.to_carry(request.user, **chosen).count()
    try:
        if number > MOST_HERE:
            raise files.TooMany
        made = _made(files.WRITERS[ending](carrying.lines(request.user, **chosen), chosen["kinds"]))
    except (files.TooMany, sheets.TooLong):
        form.add_error("ending", _("That is more than such a file holds. Choose fewer texts, or JSONL."))
        return _export_page(request, form, status=422)
    actions.note_export(by=request.user, key=deed_key(request), ending=ending, number=number)
    headers = {"Content-Type": files.MEDIA_TYPES[ending], "Content-Disposition": disposition(f"{_('library')}.{ending}")}
    return Written(lambda: made, headers=headers | {"X-Robots-Tag": "noindex"})


def _made(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The file, written whole before the first byte leaves: what fails half way is no download."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when its last piece has been read
    try:
        for piece in pieces:
            file.write(piece)
    except BaseException:
        file.close()
        raise
    return _read(file)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
