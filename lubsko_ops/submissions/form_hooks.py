"""Hooks of a form page that have a default: instance, carried text, rules, confirmations, drafts."""


class FormHooks:
    """Mixin with the hooks that have a default."""

    def get_instance(self):
        """The row this form edits, whose version is compared on saving; None when the form adds a row."""
        return None

    def get_confirmations(self, form) -> list[str]:
        """What is unusual but may be true, in whole sentences. Saving again confirms all of them.

        Refusals come first: raise ValidationError here for what the action would refuse anyway.
        """
        return []

    def get_carried(self, posted) -> dict:
        """Initial values taken from what was typed in another form, whose button led here."""
        return {}

    def check_rules(self, form) -> None:
        """Raise ValidationError with what the action would refuse, as far as the fields without an error tell.

        Called for a form that comes back with errors, which then shows all of them at once.
        """

    @classmethod
    def draft_summary(cls, content: dict) -> str:
        """A few typed words (a surname, a day) that distinguish a draft from others of the same form."""
        return ""

    @classmethod
    def draft_families(cls, **kwargs) -> list[int]:
        """Ids of the families that ``draft_title`` names, from the arguments of the address of the draft."""
        return []
