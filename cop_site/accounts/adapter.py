"""How allauth meets our people: what sign-up keeps, what a confirmed address sets going, what mails look like."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from . import actions, policy

LINKS = ("activate_url", "password_reset_url", "signup_url")  # what allauth's mails link to


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up makes an applicant; confirming the address sends the application to the secretariat."""

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

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Applicants come to their application; everybody else home. A safe ``next`` goes before both."""
        return reverse("my-application") if policy.can_apply(request.user) else super().get_login_redirect_url(request)

    def is_safe_url(self, url: str | None) -> bool:
        """An address of this host; allauth would let through every host that the site answers to."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure())

    def render_mail(self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None) -> Any:
        """The site's own name and address in every mail; never those a request claims."""
        own = {name: self._own_address(context[name]) for name in LINKS if context.get(name)}
        own |= {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        return super().render_mail(template_prefix, email, context | own, headers)

    def _own_address(self, link: str) -> str:
        return settings.SITE_URL + urlsplit(link)._replace(scheme="", netloc="").geturl()
