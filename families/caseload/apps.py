from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    name = "families.caseload"
    label = "caseload"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Prowadzenie rodzin"

    def ready(self):
        from families.caseload import registrations

        registrations.register()
