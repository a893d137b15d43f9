from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "families.timeline"
    label = "timeline"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Oś czasu"

    def ready(self):
        from families.timeline import registrations

        registrations.register()
