"""Password validators with corrected Polish messages."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError


class NameSimilarityValidator(UserAttributeSimilarityValidator):
    """Django's similarity validator with a Polish message that reads well."""

    def validate(self, password, user=None):
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(
                "Hasło jest za bardzo podobne do imienia, nazwiska albo nazwy użytkownika."
            ) from None

    def get_help_text(self):
        return "Hasło nie może być podobne do imienia, nazwiska ani nazwy użytkownika."
