"""Every address of the site: Indonesian without a prefix, English under /en/, machines outside both."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cop_site.accounts.views.first_run import first_run
from cop_site.core import views as core
from cop_site.moderation.views import moved

urlpatterns = [
    path("healthz", core.healthz, name="healthz"),
    path("readyz", core.readyz, name="readyz"),
    path("reports/policy", core.policy_report, name="policy-report"),
    path("robots.txt", core.robots, name="robots"),
    path("manifest.webmanifest", core.manifest, name="manifest"),
    path("favicon.ico", core.favicon, name="favicon"),
    path("api/v1/", include("cop_site.api.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cop_site.cms.urls")),
    path("", include("cop_site.library.machine_urls")),
    path("", include("cop_site.events.machine_urls")),
]
urlpatterns += i18n_patterns(
    path("theme/", core.set_theme, name="set-theme"),
    path("zone/", core.set_zone, name="set-zone"),
    path("escape/", core.set_escape, name="set-escape"),
    path("status/", core.status, name="status"),
    path("setup/", first_run, name="first-run"),
    path("accounts/", include("cop_site.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("search/", include("cop_site.search.urls")),
    path("library/", include("cop_site.library.urls")),
    path("directory/", include("cop_site.directory.urls")),
    path("notifications/", include("cop_site.notifications.urls")),
    path("forums/waiting/", moved.waiting, name="waiting"),
    path("forums/waiting/<int:pk>/", moved.waiting_item, name="waiting-item"),
    path("forums/", include("cop_site.forums.urls")),
    path("moderation/", include("cop_site.moderation.urls")),
    path("events/", include("cop_site.events.urls")),
    path("network/", include("cop_site.network.urls")),
    *([path("demo/", include("cop_site.demo.urls"))] if settings.IS_DEMO else []),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "cop_site.core.errors.bad_request"
handler403 = "cop_site.core.errors.forbidden"
handler404 = "cop_site.core.errors.not_found"
handler429 = "cop_site.core.errors.too_many_requests"  # asked for by allauth
handler500 = "cop_site.core.errors.server_error"
