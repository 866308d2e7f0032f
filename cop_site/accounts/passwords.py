"""Passwords: long ones welcome, absurd ones not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128  # hashing a megabyte is a way to keep a server busy


class LongestValidator:
    """Refuses passwords of more than 128 characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("Use at most %(number)d characters.") % {"number": LONGEST}
