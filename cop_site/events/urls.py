"""Addresses of the events."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.events, name="events"),
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/room/", views.event_room, name="event-room"),
]
