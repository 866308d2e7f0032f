"""Addresses of the events."""

from django.urls import path

from . import calendar_views, coming_views, desk_views, export_views, making_views, poll_views, room_views, views, views_groups

urlpatterns = [
    path("", views.events, name="events"),
    path("calendar.ics", calendar_views.events_calendar, name="events-calendar"),
    path("new/", making_views.event_new, name="event-new"),
    path("mine/", coming_views.my_events, name="my-events"),
    path("certificates/", desk_views.certificates, name="certificates"),
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/calendar.ics", calendar_views.event_calendar, name="event-calendar"),
    path("<slug:slug>/edit/", making_views.event_edit, name="event-edit"),
    path("<slug:slug>/announce/", making_views.event_announce, name="event-announce"),
    path("<slug:slug>/clone/", making_views.event_clone, name="event-clone"),
    path("<slug:slug>/cancel/", making_views.event_cancel, name="event-cancel"),
    path("<slug:slug>/rsvp/", coming_views.event_rsvp, name="event-rsvp"),
    path("<slug:slug>/leave/", coming_views.event_leave, name="event-leave"),
    path("<slug:slug>/desk/", desk_views.event_desk, name="event-desk"),
    path("<slug:slug>/desk/invite/", desk_views.event_invite, name="event-invite"),
    path("<slug:slug>/desk/attendance/", desk_views.event_attendance, name="event-attendance"),
    path("<slug:slug>/desk/list/", desk_views.event_list, name="event-list"),
    path("<slug:slug>/desk/report/", desk_views.event_report, name="event-report"),
    path("<slug:slug>/desk/groups/", views_groups.event_groups, name="event-groups"),
    path("<slug:slug>/desk/groups/change/", views_groups.event_groups_change, name="event-groups-change"),
    path("<slug:slug>/desk/groups/apart/", views_groups.event_groups_apart, name="event-groups-apart"),
    path("<slug:slug>/desk/groups/open/", views_groups.event_groups_open, name="event-groups-open"),
    path("<slug:slug>/desk/groups/close/", views_groups.event_groups_close, name="event-groups-close"),
    path("<slug:slug>/desk/groups/say/", views_groups.event_groups_say, name="event-groups-say"),
    path("<slug:slug>/desk/groups/list/", views_groups.event_groups_list, name="event-groups-list"),
    path("<slug:slug>/room/group/<uuid:room>/why/", views_groups.event_group_why, name="event-group-why"),
    path("<slug:slug>/certificate/", desk_views.event_certificate, name="event-certificate"),
    path("<slug:slug>/room/", room_views.event_room, name="event-room"),
    path("<slug:slug>/room/backstage/", room_views.event_backstage, name="event-backstage"),
    path("<slug:slug>/room/screen/", room_views.event_wall, name="event-wall"),
    path("<slug:slug>/room/polls/", poll_views.event_polls, name="event-polls"),
    path("<slug:slug>/room/group/<uuid:room>/", room_views.event_group, name="event-group"),
    path("<slug:slug>/room/silence/", room_views.event_silence, name="event-silence"),
    path("<slug:slug>/room/record/", export_views.room_record, name="room-record"),
    path("<slug:slug>/room/replay/", export_views.room_replay, name="room-replay"),
]
