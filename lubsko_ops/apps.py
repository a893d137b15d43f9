from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "lubsko_ops"
    label = "ops"
    verbose_name = "Ośrodek"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from lubsko_ops.middleware import begin_session

        user_logged_in.connect(begin_session, dispatch_uid="begin_session")
