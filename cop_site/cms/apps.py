"""What editors publish with Wagtail."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cop_site.cms"
    label = "cms"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cop_site.screening.models import Allowance
        from cop_site.vocabulary.models import OfficialChannel, Term

        from .policy import OnlyChange, OnlySecretariat

        for model in (Term, OfficialChannel):
            register_permission_policy(model, OnlyChange(model))
        register_permission_policy(Allowance, OnlySecretariat(Allowance))
