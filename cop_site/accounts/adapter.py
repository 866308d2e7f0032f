"""How allauth meets our people: sign-up, sign-in and its limits, what a confirmed address sets going, what mails look like."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cop_site.activity.verbs import Verb
from cop_site.core import ring

from . import actions, devices, limits, policy
from .entry import policy as entry

LINKS = ("activate_url", "password_reset_url", "signup_url")  # what allauth's mails link to
# What protects an account has changed: each mail about it goes with a line in the journal.
PROTECTION = {
    "account/email/password_changed": Verb.CHANGED_PASSWORD,
    "account/email/password_set": Verb.CHANGED_PASSWORD,
    "account/email/password_reset": Verb.RESET_PASSWORD,
    "account/email/email_changed": Verb.CHANGED_ADDRESS,
    "account/email/email_deleted": Verb.REMOVED_ADDRESS,
    "mfa/email/totp_activated": Verb.SWITCHED_APP_ON,
    "mfa/email/totp_deactivated": Verb.SWITCHED_APP_OFF,
    "mfa/email/webauthn_added": Verb.ADDED_PASSKEY,
    "mfa/email/webauthn_removed": Verb.REMOVED_PASSKEY,
    "mfa/email/recovery_codes_generated": Verb.RENEWED_RECOVERY_CODES,
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up makes an applicant; confirming the address sends the application to the secretariat."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many tries did not work. Wait a few minutes, then try again, or ask for a new password."),
        "rate_limited": _("That was asked for too often. Wait a while, then try again. What you wrote stays here."),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        person = type(user).objects.create_user(
            form.cleaned_data["email"],
            form.cleaned_data["name"],
            form.cleaned_data["password1"],
            language=request.LANGUAGE_CODE if request.LANGUAGE_CODE in dict(settings.LANGUAGES) else "id",
        )
        user.__dict__.update(person.__dict__)
        actions.apply_to_join(by=user, **{name: form.cleaned_data[name] for name in ("organisation_name", "requested_role", "reason")})
        return user

    def confirm_email(self, request: HttpRequest, email_address: Any) -> Any:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            actions.confirm_application(by=email_address.user)
        return confirmed

    def pre_login(self, request: HttpRequest, user: Any, **flow: Any) -> HttpResponse | None:
        """Suspended people stop here, and no session is made for them."""
        if policy.is_suspended(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **flow)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try; it is taken back if it works. A browser its owner signed in with before is counted apart:
        nobody elsewhere can use up its tries."""
        email = credentials.get("email", "")
        device = devices.known_as(request, email)
        action = "login_failed_known" if device else "login_failed"
        key = f"{self._get_login_attempts_cache_key(request, **credentials)}{device}"
        self._login_failed_rl_usage = limits.count(request, action, key=key, refusal="too_many_login_attempts")

    def login(self, request: HttpRequest, user: Any) -> None:
        is_return = user.last_login is not None
        super().login(request, user)
        if is_return and not devices.known_as(request, user.email):
            actions.note_new_browser(by=user)

    def post_login(self, request: HttpRequest, user: Any, **flow: Any) -> HttpResponse:
        response = super().post_login(request, user, **flow)
        devices.remember(request, response, user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        super().logout(request)
        ring.tell(ring.RIGHTS, None)
        request.signs_out = True  # type: ignore[attr-defined]  # middleware.Door empties the browser

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Applicants come to their application, newcomers to their first steps, others home. A safe ``next`` goes first."""
        if policy.can_apply(request.user):
            return reverse("my-application")
        return reverse("onboarding") if entry.is_asked(request.user) else super().get_login_redirect_url(request)

    def is_safe_url(self, url: str | None) -> bool:
        """An address of this host; allauth would let through every host that the site answers to."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure())

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Every change of what protects an account comes by here: first it is written down, then told."""
        if verb := PROTECTION.get(template_prefix):
            actions.note_protection(verb, by=user)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def render_mail(self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None) -> Any:
        """The site's own name and address in every mail; never those a request claims."""
        own = {name: self._own_address(context[name]) for name in LINKS if context.get(name)}
        own |= {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        return super().render_mail(template_prefix, email, context | own, headers)

    def _own_address(self, link: str) -> str:
        return settings.SITE_URL + urlsplit(link)._replace(scheme="", netloc="").geturl()
