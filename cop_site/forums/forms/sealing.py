"""The shape of a wish to open a name."""

from django.utils.translation import gettext_lazy

from .steering import ReasonForm, reason_field

_HELP = gettext_lazy("A second moderator reads it and decides. Whoever stands behind the name is told it, once the name is opened.")


class UnsealForm(ReasonForm):
    """Why somebody has to be known."""

    reason = reason_field(gettext_lazy("Why the name has to be opened"), _HELP)
