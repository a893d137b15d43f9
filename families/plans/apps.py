from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "families.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Plany pracy"

    def ready(self):
        from families.plans import registrations

        registrations.register()
