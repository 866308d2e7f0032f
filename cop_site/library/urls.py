"""Addresses of the library."""

from django.urls import path

from .views import reading, reviewing, steps, writing

urlpatterns = [
    path("", reading.practice_list, name="library"),
    path("share/", writing.share, name="share"),
    path("mine/", writing.my_texts, name="my-texts"),
    path("review/", reviewing.review_desk, name="review-desk"),
    path("review/<int:pk>/", reviewing.review_item, name="review-item"),
    path("safety/<int:pk>/", reviewing.safety_item, name="safety-item"),
    path("sealed/<int:pk>/", reading.sealed, name="practice-sealed"),
    path("<slug:slug>/edit/", writing.practice_edit, name="practice-edit"),
    path("<slug:slug>/submit/", steps.submit, name="practice-submit"),
    path("<slug:slug>/recall/", steps.recall, name="practice-recall"),
    path("<slug:slug>/discard/", steps.discard, name="practice-discard"),
    path("<slug:slug>/ask-public/", steps.ask_public, name="practice-ask-public"),
    path("<slug:slug>/narrow/", steps.narrow, name="practice-narrow"),
    path("<slug:slug>/withdraw/", steps.withdraw, name="practice-withdraw"),
    path("<slug:slug>/", reading.practice_detail, name="practice"),  # last: the words above are no slugs
]

# Words of the paths above: never given out as slugs (a slug has a random end, so it cannot be one).
RESERVED = frozenset({"share", "mine", "review", "safety", "sealed"})
