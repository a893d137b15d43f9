from django.apps import AppConfig


class OutputConfig(AppConfig):
    name = "lubsko_ops.output"
    label = "output"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Wydruki i pliki"
