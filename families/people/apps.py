from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "families.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Rodziny i osoby"

    def ready(self):
        from families.people import registrations

        registrations.register()
