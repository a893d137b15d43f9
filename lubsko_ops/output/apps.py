from django.apps import AppConfig


class OutputConfig(AppConfig):
    name = "lubsko_ops.output"
    label = "output"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Wydruki i pliki"

    def ready(self) -> None:
        from lubsko_ops.output import registrations

        registrations.register()
