"""Password validators with corrected Polish messages."""

from copy import copy

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from lubsko_ops.core.search_keys import fold


class NameSimilarityValidator(UserAttributeSimilarityValidator):
    """Django's similarity validator, without regard to Polish diacritics, with a Polish message that reads well."""

    def validate(self, password, user=None):
        folded_user = copy(user)
        for name in self.user_attributes if user else ():
            setattr(folded_user, name, fold(getattr(user, name)))
        try:
            super().validate(fold(password), folded_user)
        except ValidationError:
            raise ValidationError(
                "Hasło jest za bardzo podobne do imienia, nazwiska albo nazwy użytkownika."
            ) from None

    def get_help_text(self):
        return "Hasło nie może być podobne do imienia, nazwiska ani nazwy użytkownika."
