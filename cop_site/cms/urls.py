"""Addresses for machines and for pictures; pages have theirs from Wagtail's tree."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from . import views
from .sitemap import MAPS

urlpatterns = [
    path("sitemap.xml", sitemaps.index, {"sitemaps": MAPS, "sitemap_url_name": "sitemap-part"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": MAPS}, name="sitemap-part"),
    path("media/images/<str:name>", views.picture, name="picture"),
]
