"""Addresses of the library."""

from django.urls import path

from .citing.formats import FORMATS
from .views import adapting, bringing, citing, files, holding, keeping, lists, reading, reviewing, steps, translating, writing

urlpatterns = [
    path("", reading.practice_list, name="library"),
    path("share/", writing.share, name="share"),
    path("share/keep/", keeping.keep_typing, name="keep-typing"),
    path("share/drop/", keeping.drop_typing, name="drop-typing"),
    path("mine/", writing.my_texts, name="my-texts"),
    path("import/", bringing.import_desk, name="import-desk"),
    path("import/template/", bringing.import_template, name="import-template"),
    path("import/<int:pk>/", bringing.import_run, name="import-run"),
    path("import/<int:pk>/run/", bringing.import_start, name="import-start"),
    path("import/<int:pk>/drop/", bringing.import_drop, name="import-drop"),
    path("export/", bringing.export, name="export-texts"),
    path("review/", reviewing.review_desk, name="review-desk"),
    path("review/<int:pk>/", reviewing.review_item, name="review-item"),
    path("review/<int:pk>/claim/", reviewing.claim, name="review-claim"),
    path("review/<int:pk>/release/", reviewing.release, name="review-release"),
    path("review/reports/<int:pk>/", adapting.report_item, name="review-report"),
    path("safety/<int:pk>/", reviewing.safety_item, name="safety-item"),
    path("held/", holding.held_texts, name="held-texts"),
    path("held/<int:pk>/", holding.held_text, name="held-text"),
    path("lists/", lists.reading_lists, name="reading-lists"),
    path("lists/new/", lists.new_list, name="reading-list-new"),
    path("lists/<slug:slug>/edit/", lists.edit_list, name="reading-list-edit"),
    path("lists/<slug:slug>/delete/", lists.delete_list, name="reading-list-delete"),
    *[path(f"lists/<slug:slug>/{wish}/", lists.list_for_everybody, {"wish": wish}, name=f"reading-list-{wish}") for wish in lists.DEEDS],
    path("lists/<slug:slug>/", lists.reading_list, name="reading-list"),
    path("sealed/<int:pk>/", reading.sealed, name="practice-sealed"),
    path("files/<uuid:file>/<str:name>", files.practice_file, name="practice-file"),
    path("<slug:slug>/files/", files.practice_files, name="practice-files"),
    path("<slug:slug>/files/<uuid:file>/remove/", files.practice_file_remove, name="practice-file-remove"),
    path("tried/<int:pk>/withdraw/", adapting.withdraw, name="report-withdraw"),
    path("<slug:slug>/tried/", adapting.tried, name="practice-tried"),
    path("<slug:slug>/evidence/", adapting.evidence, name="practice-evidence"),
    path("<slug:slug>/edit/", writing.practice_edit, name="practice-edit"),
    path("<slug:slug>/submit/", steps.submit, name="practice-submit"),
    path("<slug:slug>/recall/", steps.recall, name="practice-recall"),
    path("<slug:slug>/discard/", steps.discard, name="practice-discard"),
    path("<slug:slug>/ask-public/", steps.ask_public, name="practice-ask-public"),
    path("<slug:slug>/narrow/", steps.narrow, name="practice-narrow"),
    path("<slug:slug>/withdraw/", steps.withdraw, name="practice-withdraw"),
    path("<slug:slug>/copy/", translating.copy, name="practice-copy"),
    path("<slug:slug>/still-right/", translating.confirm_still_right, name="practice-still-right"),
    path("<slug:slug>/translate/", translating.translate, name="practice-translate"),
    path("<slug:slug>/translation/", translating.side_by_side, name="practice-translation"),
    path("<slug:slug>/translation/confirm/", translating.confirm_translation, name="practice-translation-confirm"),
    path("<slug:slug>/add-to-list/", lists.add_to_list, name="practice-add-to-list"),
    *[path(f"<slug:slug>.{ending}", citing.citation, {"ending": ending}, name=f"practice-{ending}") for ending in FORMATS],
    path("<slug:slug>/", reading.practice_detail, name="practice"),  # last: the words above are no slugs
]

# Words of the paths above: never given out as slugs (a slug has a random end, so it cannot be one).
RESERVED = frozenset({"export", "files", "held", "import", "lists", "share", "mine", "review", "safety", "sealed", "tried"})
