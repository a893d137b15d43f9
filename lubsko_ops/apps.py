from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "lubsko_ops"
    label = "ops"
    verbose_name = "Ośrodek"

    def ready(self):
        from allauth.mfa.signals import authenticator_removed
        from django.contrib.auth.signals import user_logged_in

        from lubsko_ops import frame
        from lubsko_ops.access import Permission
        from lubsko_ops.middleware import begin_session, lose_second_factor

        frame.register(frame.NavItem("Start", "start", Permission.OWN_ACCOUNT, order=0))
        frame.register(frame.NavItem("Pracownicy", "staff", Permission.STAFF_VIEW, order=80))
        user_logged_in.connect(begin_session, dispatch_uid="begin_session")
        authenticator_removed.connect(lose_second_factor, dispatch_uid="lose_second_factor")
