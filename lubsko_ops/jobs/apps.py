from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lubsko_ops.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Praca w tle"

    def ready(self):
        from lubsko_ops.jobs import registrations

        registrations.register()
