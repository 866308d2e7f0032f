"""Addresses of the network's follow-up."""

from django.urls import path

from . import views

urlpatterns = [
    path("drafts/topic/<int:pk>/", views.draft_from_topic, name="draft-from-topic"),
    path("drafts/card/<slug:slug>/<int:seq>/", views.draft_from_card, name="draft-from-card"),
]
