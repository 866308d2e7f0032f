"""Addresses of the notifications."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.notifications, name="notifications"),
    path("<int:pk>/", views.notification, name="notification"),
    path("seen/", views.notifications_seen, name="notifications-seen"),
    path("unread/", views.notifications_unread, name="notifications-unread"),
    path("settings/", views.notification_settings, name="notification-settings"),
    path("watch/", views.watch, name="watch"),
    path("watch/word/", views.watch_word, name="watch-word"),
    path("watch/<int:pk>/end/", views.watch_end, name="watch-end"),
]
