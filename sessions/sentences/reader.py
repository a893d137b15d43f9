"""Walking over the tokens of a sentence: looking ahead, taking words, going back."""

from collections.abc import Callable, Collection
from typing import TypeVar

from sessions.sentences.parts import Part
from sessions.sentences.tokens import DATE, END, NUMBER, ORDINAL, SIGN, WORD, Token
from sessions.sentences.words import (
    CARDINALS,
    DAY_WORDS,
    FEMININE_WEEKDAYS,
    LAST,
    ORDINALS,
    ROMAN,
    WEEKDAY_FORMS,
)

ResultT = TypeVar("ResultT")
TENS = (20, 30, 40, 50, 60, 70, 80, 90)


class Reader:
    """A position in the tokens. Methods that read return None and stay where they were when it is something else."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.position = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def ahead(self, number: int = 1) -> Token:
        """The token so many places further; the END at most."""
        return self.tokens[min(self.position + number, len(self.tokens) - 1)]

    @property
    def last_end(self) -> int:
        """Where in the text the last token that was taken ends."""
        return self.tokens[self.position - 1].end if self.position else 0

    @property
    def at_end(self) -> bool:
        return self.token.kind == END or self.is_sign(";")

    def is_sign(self, *signs: str) -> bool:
        return self.token.kind == SIGN and self.token.value in signs

    def take(self) -> Token:
        token = self.token
        if token.kind != END:
            self.position += 1
        return token

    def take_word(self, *words: str) -> bool:
        """Whether the next token was one of these folded words; it is taken then."""
        if self.token.word and self.token.word in words:
            self.take()
            return True
        return False

    def take_any(self, words: Collection[str]) -> bool:
        return self.take_word(*words)

    def take_sign(self, *signs: str) -> bool:
        if self.is_sign(*signs):
            self.take()
            return True
        return False

    def take_words(self, phrase: str) -> bool:
        """Whether the next words are those of the phrase, in order; all are taken then."""
        words = phrase.split()
        if [self.ahead(number).word for number in range(len(words))] == words:
            self.position += len(words)
            return True
        return False

    def attempt(self, read: Callable[[], ResultT | None]) -> ResultT | None:
        """What ``read`` returns; when it is None the position is as before."""
        before = self.position
        result = read()
        if result is None:
            self.position = before
        return result

    def quote(self, part: Part) -> str:
        """The words of a part as they were typed."""
        return self.text[part.start : part.end]

    # ---- numbers -----------------------------------------------------------------------------------
    def number(self) -> int | None:
        """A number in figures or words: 20, dwadzieścia, dwadzieścia pięć."""
        if self.token.kind == NUMBER:
            return self.take().number
        value = CARDINALS.get(self.token.word)
        if value is None:
            return None
        self.take()
        units = CARDINALS.get(self.token.word, 0)
        if value in TENS and 0 < units < 10:
            self.take()
            value += units
        return value

    def ordinal(self) -> int | None:
        """An ordinal: 1., 3-ci, III, pierwszy, dwudziestego piątego, ostatni (-1), 3. od końca (-3)."""
        value = self._ordinal()
        if value is not None and value > 0 and self.take_words("od konca"):
            return -value
        return value

    def _ordinal(self) -> int | None:
        token = self.token
        if token.kind == ORDINAL:
            self.take()
            return token.number
        if token.word in LAST:
            self.take()
            return LAST[token.word]
        if token.kind == WORD and token.text in ROMAN and len(token.text) <= 3 and token.word != "i":
            self.take()
            return ROMAN[token.text]
        value = ORDINALS.get(token.word)
        if value is None:
            return None
        self.take()
        units = ORDINALS.get(self.token.word, 0)
        if value in TENS and 0 < units < 10:
            self.take()
            value += units
        return value

    # ---- weekdays ----------------------------------------------------------------------------------
    def weekday(self) -> tuple[int, str] | None:
        """A weekday and its grammatical number."""
        form = WEEKDAY_FORMS.get(self.token.word)
        if form is None:
            return None
        token = self.take()
        if token.text.lower().endswith("ę"):
            return form[0], "singular"  # "niedzielę", which folds to the plural "niedziele"
        return form

    def joined_item(self, read: Callable[[], ResultT | None]) -> ResultT | None:
        """The next item of a list, after a comma or "i", "oraz", "a także"; None when no such item follows."""

        def item() -> ResultT | None:
            if not self.take_joint():
                return None
            return read()

        return self.attempt(item)

    def take_joint(self) -> bool:
        """Take a comma and/or a conjunction within a list."""
        comma = self.take_sign(",", "&", "+")
        also = self.ahead().word in ("takze", "tez", "rowniez")
        conjunction = self.take_word("i", "oraz", "plus") or (also and self.take_word("a"))
        if conjunction:
            self.take_word("takze", "tez", "rowniez")
        return comma or conjunction

    def is_date_next(self) -> bool:
        """Whether a date in figures follows, perhaps after "dnia"."""
        return self.token.kind == DATE or (self.token.word in DAY_WORDS and self.ahead().kind == DATE)


def each_of(weekday: int) -> str:
    """ "każdą" or "każdy" before the weekday."""
    return "każdą" if weekday in FEMININE_WEEKDAYS else "każdy"
