from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "families.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Piecza zastępcza"

    def ready(self):
        from families.care import registrations

        registrations.register()
