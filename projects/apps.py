from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Projekty socjalne"

    def ready(self):
        from projects import registrations

        registrations.register()
