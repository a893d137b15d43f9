from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "lubsko_ops.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Podstawy"

    def ready(self):
        from lubsko_ops.core import registrations

        registrations.register()
