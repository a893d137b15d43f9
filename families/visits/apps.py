from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "families.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Wizyty i kontakty"

    def ready(self):
        from families.visits import registrations

        registrations.register()
