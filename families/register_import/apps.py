from django.apps import AppConfig


class RegisterImportConfig(AppConfig):
    name = "families.register_import"
    label = "register_import"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Wczytywanie rejestru"

    def ready(self):
        from families.register_import import registrations

        registrations.register()
