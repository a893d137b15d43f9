from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lubsko_ops.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Szukanie"

    def ready(self):
        from lubsko_ops.search import registrations

        registrations.register()
