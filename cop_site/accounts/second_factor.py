"""Second factors: who must have one, and how allauth's are at home here, with secrets that a copied database does not tell."""

from base64 import urlsafe_b64encode
from typing import Any

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from . import policy


def has_one(user: Any) -> bool:
    """An app or a passkey; recovery codes alone are no second factor."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def is_missing(user: Any) -> bool:
    """Moderators, the secretariat, editors and auditors need a second factor for their desks, where the site asks for it."""
    has_office = policy.is_moderator(user) or bool(policy.tasks_of(user) & {"editor", "auditor"})
    return settings.STAFF_NEED_SECOND_FACTOR and has_office and not has_one(user)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted with a key that stems from the site's own, which is not in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That did not work. A code is good once, and for half a minute: please try the next one."),
        "unverified_email": gettext_lazy("Please confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Dark on light in both schemes: cameras expect it."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}


def _vault() -> MultiFernet:
    """The first key locks; older keys of the site still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(salted_hmac("accounts.mfa", "", secret=key, algorithm="sha256").digest())) for key in keys]
    )


class ActivateForm(ActivateTOTPForm):
    """The code that switches the app on is spent, as any other."""

    def clean_code(self) -> str:
        code = super().clean_code()
        TOTP(Authenticator(user=self.user))._mark_code_used(code)
        return code
