from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "lubsko_ops.installation"
    label = "installation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Instalacja"

    def ready(self):
        from lubsko_ops.installation import registrations

        registrations.register()
