"""Addresses of what may do harm: reports, the queue, decisions, objections."""

from django.urls import path

from .views import appealing, deciding, desk, keeping, objecting, reporting, telling, words

urlpatterns = [
    path("", desk.moderation, name="moderation"),
    path("<int:pk>/", deciding.case, name="case"),
    path("<int:pk>/claim/", deciding.case_claim, name="case-claim"),
    path("report/<slug:kind>/<int:pk>/", reporting.report, name="report"),
    path("reports/", reporting.my_reports, name="my-reports"),
    path("decisions/", telling.decisions, name="decisions"),
    path("decisions/<int:pk>/", telling.decision, name="decision"),
    path("decisions/<int:pk>/undo/", telling.decision_undo, name="decision-undo"),
    path("appeals/", appealing.appeals, name="appeals"),
    path("appeals/<int:pk>/", appealing.appeal, name="appeal"),
    path("objection/<str:token>/", objecting.objection, name="objection"),
    path("account/", keeping.account, name="moderation-account"),
    path("phrases/", keeping.phrases, name="phrases"),
    path("rota/", keeping.rota, name="rota"),
    path("words/", words.words, name="words"),
    path("words/new/", words.word_new, name="word-new"),
    path("words/<int:pk>/", words.word, name="word"),
    path("words/import/", words.words_import, name="words-import"),
    path("words/starter/", words.words_starter, name="words-starter"),
    path("words/list.csv", words.words_csv, name="words-csv"),
]
