from django.apps import AppConfig


class CaseFilesConfig(AppConfig):
    name = "families.case_files"
    label = "case_files"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Teczki rodzin"

    def ready(self):
        from families.case_files import registrations

        registrations.register()
