"""What each kind of personal data is called, and what its author is asked to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .watching import WATCHED

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """A kind as people read it: what stands there, and the way to write the same story without it."""

    title: Words
    advice: Words


_NUMBER = _("It could show who or where somebody is. Remove it, then save. The story stands without it.")
_REACH = _("Remove it, then save. Whoever wants to get in touch can do so through your organisation.")
_PLACE = _("Name the district only, then save.")
_NAME = _("Remove the name, or use a pseudonym and say that it is one.")
_WEIGH = _("Take it out, or say in one sentence why it must stay.")
_TOGETHER = _("Do these details together point to one person? Change or blur them, or say why they must stay.")

KINDS: dict[str, Kind] = {
    "nik": Kind(_("There is an identity number"), _NUMBER),
    "kk": Kind(_("There is a family card number"), _NUMBER),
    "passport": Kind(_("There is a passport number"), _NUMBER),
    "npwp": Kind(_("There is a tax number"), _NUMBER),
    "bpjs": Kind(_("There is a social insurance number"), _NUMBER),
    "driving_licence": Kind(_("There is a driving licence number"), _NUMBER),
    "seafarer_id": Kind(_("There is a seafarer’s number"), _NUMBER),
    "pmi_id": Kind(_("There is a migrant worker’s number"), _NUMBER),
    "birth_certificate": Kind(_("There is a birth certificate number"), _NUMBER),
    "student_id": Kind(_("There is a student number"), _NUMBER),
    "phone": Kind(_("There is a phone number"), _REACH),
    "phone_foreign": Kind(_("There is a foreign phone number"), _REACH),
    "messaging_link": Kind(_("There is a link to a private chat"), _REACH),
    "email": Kind(_("There is an e-mail address"), _REACH),
    "social_handle": Kind(_("There is somebody’s account on social media"), _REACH),
    "bank_account": Kind(_("There is a bank account number"), _NUMBER),
    "payment_card": Kind(_("There is a payment card number"), _NUMBER),
    "shelter_location": Kind(_("There is a clue to where a shelter is"), _("Leave out everything that shows where it is, then save.")),
    "address": Kind(_("There is an address"), _PLACE),
    "map_link": Kind(_("There is a link to a place on a map"), _PLACE),
    "coordinates": Kind(_("There are coordinates"), _PLACE),
    "child_name": Kind(_("There is a child’s name"), _NAME),
    "person_name": Kind(_("There is a person’s name"), _NAME),
    "health": Kind(_("There is somebody’s health"), _("Remove the name or the illness, so that nobody can be recognised.")),
    WATCHED: Kind(_("There are words that are not used here"), _("Say it in other words, then save.")),
    "birth_date": Kind(_("There is a date of birth"), _("Write an age range or the year only, then save.")),
}

# The same kinds where they are to be weighed, and those that only are.
WEIGHED: dict[str, Kind] = {
    "person_name": Kind(_("There is the name of somebody accused, or of somebody who helps"), _WEIGH),
    "child_name": Kind(_("There are a child’s initials with school and village"), _TOGETHER),
    "health": Kind(_("There is the health of one person"), _TOGETHER),
    "civil_servant_id": Kind(_("There is the number of a civil servant or officer"), _WEIGH),
    "case_number": Kind(_("There is the number of a police report or court case"), _WEIGH),
    "plate": Kind(_("There is a number plate"), _WEIGH),
    "device_id": Kind(_("There is the number or address of a device"), _WEIGH),
    "travel_ref": Kind(_("There is a visa, booking or flight"), _WEIGH),
    "quasi_identifier": Kind(_("There are details that may point to one person"), _TOGETHER),
    "small_number": Kind(_("There is a count so small that people may be recognised"), _("Write “<5”, or count a larger area together.")),
}
_UNKNOWN = Kind(_("There is personal data"), _NUMBER)


def kind_of(type: str, action: str) -> Kind:
    """How a finding of this type and action is told."""
    kinds = KINDS if action == "block" else WEIGHED
    return kinds.get(type, KINDS.get(type, _UNKNOWN))
