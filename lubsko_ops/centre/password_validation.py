"""Password validator: what everybody at the centre would guess first."""

import re

from django.core.exceptions import ValidationError

from lubsko_ops.centre.models import get_centre
from lubsko_ops.core.search_keys import fold

MAX_OTHER_LETTERS = 3
MIN_WORD, MIN_STEM, MIN_LONG_STEM = 3, 5, 8  # letters
EVERYWHERE = ["gmina", "miasto", "pomoc", "społeczna", "socjalny", "asystent", "rodzina", "hasło"]


class CentreNameValidator:
    """Refuses passwords made of words of the centre's name, its town or the user's name, with any digits and signs.

    Letters are compared without case and diacritics, and words without their endings: Lubsko, w Lubsku, z Lubska;
    Pomoc Społeczna, Pomocy Społecznej. Words that any centre has around it count like those of its name.
    """

    def validate(self, password, user=None):
        letters = re.sub("[^a-z]+", "", fold(password))
        words = "|".join(self.get_words(user))
        if re.fullmatch(f"(?:{words})*[a-z]{{0,{MAX_OTHER_LETTERS}}}(?:{words})*", letters):
            raise ValidationError(
                "Takie hasło łatwo zgadnąć: poza nazwą ośrodka, miejscowości albo Twoim nazwiskiem i cyframi "
                "prawie nic w nim nie ma. Wymyśl inne, np. z kilku słów, które nic nie łączy."
            )

    def get_words(self, user) -> set[str]:
        """Patterns of the words; a long one matches with another ending too, the longest ones with an adjective's."""
        centre = get_centre()
        names = ("name", "name_genitive", "name_locative", "short_name", "locality")
        texts = [getattr(centre, name) for name in names] if centre else []
        texts += EVERYWHERE
        if user:
            texts += [user.first_name, user.last_name, user.username]
        words = {word for text in texts for word in re.findall(f"[a-z]{{{MIN_WORD},}}", fold(text))}
        return {self.get_pattern(word) for word in words}

    def get_pattern(self, word: str) -> str:
        """Endings are shorter than any word: what could be read as both would double the time with each repetition."""
        if len(word) < MIN_STEM:
            return word
        stem = word[:-2] if len(word) >= MIN_LONG_STEM else word[:-1]
        return f"{stem}[a-z]{{0,{MIN_WORD - 1}}}"

    def get_help_text(self):
        return "Hasło nie może składać się z nazwy ośrodka, miejscowości albo nazwiska i roku."
