"""Addresses of the library for machines: they stand outside both languages."""

from django.urls import path

from .views import citing, oai

urlpatterns = [
    path("feeds/library.atom", citing.library_feed, name="library-feed"),
    path("oai", oai.oai, name="oai"),
]
