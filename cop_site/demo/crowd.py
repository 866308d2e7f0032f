"""Members in bulk, who sign in with the demo's password; none of them exists."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import Acceptance, Document, Edition, Role, User

PASSWORD = "demo-tppo-yogya"
BATCH = 500
JOINED = timedelta(days=600)


def address(number: int) -> str:
    """What the member with this number signs in with."""
    return f"load-{number:05}@load.example"


def members(number: int) -> list[User]:
    """The first so many members; those that are missing are made, who confirmed their address and agreed to what is in force."""
    addresses = [address(one) for one in range(1, number + 1)]
    known = set(User.objects.filter(email__startswith="load-", email__endswith="@load.example").values_list("email", flat=True))
    missing = [one for one in range(1, number + 1) if address(one) not in known]
    secret = make_password(PASSWORD) if missing else ""  # once: it is made to be dear
    for start in range(0, len(missing), BATCH):
        _write([_member(one, secret) for one in missing[start : start + BATCH]])
    found = {person.email: person for person in User.objects.filter(email__startswith="load-", email__endswith="@load.example")}
    return [found[one] for one in addresses]


@transaction.atomic
def _write(people: list[User]) -> None:
    made = User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in made)
    versions = {document: Edition.objects.in_force(document) for document in Document}
    Acceptance.objects.bulk_create(
        Acceptance(person=one, document=document, version=version) for one in made for document, version in versions.items()
    )


def _member(number: int, secret: str) -> User:
    return User(
        email=address(number),
        name=f"Anggota Muatan {number:05}",
        handle=f"load-{number:05}",
        role=Role.MEMBER,
        password=secret,
        date_joined=timezone.now() - JOINED,
    )
