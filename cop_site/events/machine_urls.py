"""Addresses of rooms for programs: the same in every language."""

from django.urls import path

from . import machine_views

urlpatterns = [
    path("events/rooms/<uuid:room>/log", machine_views.room_log, name="room-log"),
    path("events/rooms/<uuid:room>/actions", machine_views.room_actions, name="room-actions"),
]
