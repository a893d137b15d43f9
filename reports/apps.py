from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Sprawozdania"

    def ready(self):
        from reports import registrations

        registrations.register()
