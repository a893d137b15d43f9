from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "sessions"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Spotkania"

    def ready(self):
        from sessions import registrations

        registrations.register()
