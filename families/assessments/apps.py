from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "families.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Oceny sytuacji rodziny"

    def ready(self):
        from families.assessments import registrations

        registrations.register()
