from django.apps import AppConfig
from django.core import checks


class RuntimeConfig(AppConfig):
    """What runs the product: servers, commands, translations."""

    name = "runtime"

    def ready(self) -> None:
        from config.navigation import check
        from runtime.translations import compile_stale

        compile_stale()
        checks.register(check)
