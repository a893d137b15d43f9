from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "sessions"
    label = "meetings"
    verbose_name = "Spotkania"
