"""Addresses of the search."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.search, name="search"),
    path("saved/", views.saved_searches, name="saved-searches"),
    path("saved/new/", views.save_search, name="save-search"),
    path("saved/<int:pk>/open/", views.open_saved_search, name="saved-search-open"),
    path("saved/<int:pk>/rename/", views.rename_saved_search, name="saved-search-rename"),
    path("saved/<int:pk>/delete/", views.delete_saved_search, name="saved-search-delete"),
    path("missed/", views.missed_questions, name="missed-questions"),
]
