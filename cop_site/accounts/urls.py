"""Addresses about people; allauth's own (login/, signup/, email/, password/ …) follow them under the same path."""

from django.urls import path

from .views import account, applications, blocks, circles, invitations, journal, onboarding, people

urlpatterns = [
    path("", account.my_account, name="my-account"),
    path("sessions/", account.session_list, name="sessions"),
    path("sessions/end/", account.end_sessions, name="end-sessions"),
    path("sessions/<int:pk>/end/", account.end_session, name="end-session"),
    path("application/", applications.my_application, name="my-application"),
    path("applications/", applications.application_list, name="applications"),
    path("applications/<int:pk>/", applications.application_detail, name="application"),
    path("applications/<int:pk>/admit/", applications.admit, name="admit"),
    path("applications/<int:pk>/decline/", applications.decline, name="decline"),
    path("people/", people.people_list, name="people"),
    path("people/<slug:handle>/", people.person_detail, name="person"),
    path("people/<slug:handle>/role/", people.change_role, name="change-role"),
    path("people/<slug:handle>/tasks/", people.grant_task, name="grant-task"),
    path("people/<slug:handle>/tasks/<int:pk>/end/", people.end_task, name="end-task"),
    path("people/<slug:handle>/organisations/", people.join_organisation, name="join-organisation"),
    path("people/<slug:handle>/organisations/<int:pk>/end/", people.leave_organisation, name="leave-organisation"),
    path("people/<slug:handle>/suspend/", people.suspend, name="suspend"),
    path("people/<slug:handle>/lift/", people.lift_suspension, name="lift-suspension"),
    path("people/<slug:handle>/mute/", people.mute, name="mute"),
    path("people/<slug:handle>/unmute/", people.unmute, name="unmute"),
    path("invitations/", invitations.invitation_list, name="invitations"),
    path("invitations/<int:pk>/withdraw/", invitations.withdraw_invitation, name="withdraw-invitation"),
    path("invited/<str:token>/", invitations.accept_invitation, name="invited"),
    path("first-steps/", onboarding.onboarding, name="onboarding"),
    path("first-steps/safety/", onboarding.safety_briefing, name="safety-briefing"),
    path("agreements/", onboarding.agreements, name="agreements"),
    path("journal/", journal.journal, name="journal"),
    path("blocks/", blocks.block_list, name="blocks"),
    path("blocks/new/<slug:kind>/<int:pk>/", blocks.block_author, name="block"),
    path("blocks/<int:pk>/end/", blocks.unblock, name="unblock"),
    path("circles/", circles.circle_list, name="circles"),
    path("circles/<int:pk>/", circles.circle_detail, name="circle"),
    path("circles/<int:pk>/let-in/", circles.let_in, name="let-in"),
    path("circles/<int:pk>/take-out/<slug:handle>/", circles.take_out, name="take-out"),
]
