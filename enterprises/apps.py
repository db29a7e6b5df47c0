from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    """WHO: enterprises and units, Party organisations, members, posts, accounts."""

    name = "enterprises"
    verbose_name = _("Enterprises and organizations")
