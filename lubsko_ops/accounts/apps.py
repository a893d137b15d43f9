from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lubsko_ops.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Konta i role"

    def ready(self):
        from lubsko_ops.accounts import registrations

        registrations.register()
