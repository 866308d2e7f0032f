"""Deeds that prepare the tree of pages."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page, Site

from cop_site.accounts.actions import EDITORS
from cop_site.accounts.models import User
from cop_site.activity.deeds import deed

from .models import HomePage

EDITORS_MAY = ["access_admin", "change_term", "change_officialchannel"]


@deed
def ensure_home(*, by: User) -> HomePage:
    """The site has a home page, and editors may edit and publish; what editors changed stays as it is."""
    _let_editors_in()
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(
            instance=HomePage(
                title="Beranda",
                slug="beranda",
                heading_id="Pengalaman lapangan, dianyam bersama.",
                heading_en="Field experience, woven together.",
                lede_id="Ruang belajar jejaring pencegahan dan penanganan perdagangan orang di Indonesia. Praktik yang sudah dicoba, ditelaah sejawat, dan bisa ditemukan kembali.",
                lede_en="A learning space of the network against human trafficking in Indonesia. Practices that were tried, reviewed by peers, and can be found again.",
                searches_id="peraturan desa, reintegrasi, restitusi, awak kapal",
                searches_en="village regulation, reintegration, restitution, fishing crew",
            )
        )
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
        # Wagtail's own welcome page, which nobody wrote.
        Page.objects.child_of(root).exclude(pk=home.pk).filter(depth=2, slug="home", owner=None).delete()
    return home


def _let_editors_in() -> None:
    editors, _is_new = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.add(*Permission.objects.filter(codename__in=EDITORS_MAY))
    root = Page.get_first_root_node()
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
