"""What each kind of personal data is called, and what its author is asked to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """A kind as people read it: its name, and the way to write the same story without it."""

    name: Words
    advice: Words


_NUMBER = _("Remove the number, then save. The story stands without it.")
_REACH = _("Remove it, then save. Whoever wants to get in touch can do so through your organisation.")
_PLACE = _("Name the district only, then save.")
_NAME = _("Remove the name, or use a pseudonym and say that it is one.")

KINDS: dict[str, Kind] = {
    "nik": Kind(_("an identity number (NIK)"), _NUMBER),
    "kk": Kind(_("a family card number (KK)"), _NUMBER),
    "passport": Kind(_("a passport number"), _NUMBER),
    "phone": Kind(_("a telephone number"), _REACH),
    "phone_foreign": Kind(_("a telephone number abroad"), _REACH),
    "messaging_link": Kind(_("a link to a chat or group"), _REACH),
    "email": Kind(_("an e-mail address"), _REACH),
    "social_handle": Kind(_("a social media account"), _REACH),
    "bank_account": Kind(_("a bank account number"), _NUMBER),
    "payment_card": Kind(_("a payment card number"), _NUMBER),
    "npwp": Kind(_("a tax number (NPWP)"), _NUMBER),
    "bpjs": Kind(_("a social insurance number (BPJS)"), _NUMBER),
    "driving_licence": Kind(_("a driving licence number (SIM)"), _NUMBER),
    "seafarer_id": Kind(_("a seafarer's number"), _NUMBER),
    "pmi_id": Kind(_("a migrant worker's number (ID PMI)"), _NUMBER),
    "birth_certificate": Kind(_("a birth certificate number"), _NUMBER),
    "student_id": Kind(_("a student number (NISN)"), _NUMBER),
    "address": Kind(_("a home address"), _PLACE),
    "shelter_location": Kind(_("the place of a shelter"), _("Leave out everything that shows where it is, then save.")),
    "coordinates": Kind(_("exact coordinates"), _PLACE),
    "map_link": Kind(_("a link to a point on a map"), _PLACE),
    "person_name": Kind(_("the name of a victim or relative"), _NAME),
    "child_name": Kind(_("the name of a child"), _NAME),
    "birth_date": Kind(_("a date of birth"), _("Write an age range or the year only, then save.")),
    "health": Kind(_("the health of one person"), _("Remove the name or the illness, so that nobody can be recognised.")),
}


def sentence(type: str) -> Words:
    """What the author reads beside the place of a finding."""
    kind = KINDS[type]
    found = _("We found what looks like {kind}. Remove it before saving; it can put a person in danger.")
    return format_lazy(found, kind=kind.name)
