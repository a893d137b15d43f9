from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "families.dashboard"
    label = "dashboard"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Start"

    def ready(self):
        from families.dashboard import registrations

        registrations.register()
