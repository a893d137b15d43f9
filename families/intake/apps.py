from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "families.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nowe rodziny"

    def ready(self):
        from families.intake import registrations

        registrations.register()
