"""Something to see on every page: a practice in each state, an application, a circle, mails."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str

from cop_site.library import actions
from cop_site.search import indexing
from tests import actors, factories
from tests.library.factories import make_practice, public, published, submitted


def make(site: Any) -> tuple[dict[str, Any], dict[str, list]]:
    """The cast, and what addresses are filled with, by the name of the sample."""
    organisation = factories.organisation("Lembaga Tikar", slug="lembaga-tikar", is_listed=True)
    cast = actors.everybody(organisation)
    practices = _practices(cast)
    circle = factories.circle(cast["convenor"], cast["member"])
    letter = factories.person("Warga Baru", role="applicant")
    EmailAddress.objects.filter(user=letter).update(verified=False)
    samples = {name: [practice.slug] for name, practice in practices.items()}
    samples |= {f"{name}-number": [practice.pk] for name, practice in practices.items()}
    samples |= {
        "nowhere": ["tidak-ada-di-sini"],
        "application": [cast["applicant"].application.pk],
        "circle": [circle.pk],
        "person": [cast["member"].handle],
        "key": [EmailConfirmationHMAC(EmailAddress.objects.get(user=letter)).key],
        "reset": [user_pk_to_url_str(letter), default_token_generator.make_token(letter)],
    }
    indexing.rebuild()
    site.let_follow()
    samples["mail"] = [sorted(site.mail_folder.glob("*.eml"))[-1].stem]
    return cast, samples


def _practices(cast: dict[str, Any]) -> dict[str, Any]:
    author, reviewer, safety = (cast[name] for name in ("member", "reviewer", "safety_reviewer"))
    made = {
        "draft": make_practice(author, title="Draf tentang kelas bahasa untuk calon pekerja migran"),
        "submitted": submitted(author, title="Posko pengaduan keliling di pasar desa"),
        "published": published(author, reviewer, title="Kelas membaca kontrak kerja untuk calon pelaut"),
        "changed": published(author, reviewer, title="Kader desa menjelaskan biaya penempatan"),
        "asked": published(author, reviewer, title="Peta layanan rujukan antarkabupaten", visibility="publik"),
        "public": public(author, reviewer, safety, title="Meja informasi migrasi aman di kantor desa"),
        "withdrawn": published(author, reviewer, title="Daftar periksa wawancara pertama"),
    }
    actions.withdraw_practice(made["withdrawn"], by=author, reason="Ada cara yang lebih aman.")
    actions.change_practice(made["changed"], by=author, summary=f"{made['changed'].summary} Kini tersedia juga untuk pelajar.")
    actions.submit_practice(made["changed"], by=author)
    returned = submitted(author, title="Radio warga membahas lowongan palsu")
    actions.ask_for_changes(returned, by=reviewer, note="Mohon jelaskan langkah kedua, dan apa yang terjadi bila relawan berhalangan.")
    return made
