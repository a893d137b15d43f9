from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "families.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Terminy"

    def ready(self):
        from families.deadlines import registrations

        registrations.register()
