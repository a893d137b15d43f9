from django.apps import AppConfig


class SpecialistsConfig(AppConfig):
    name = "families.specialists"
    label = "specialists"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Specjaliści w rodzinach"

    def ready(self):
        from families.specialists import registrations

        registrations.register()
