from django.apps import AppConfig


class DevtoolsConfig(AppConfig):
    name = "devtools"
    label = "devtools"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Narzędzia deweloperskie"
