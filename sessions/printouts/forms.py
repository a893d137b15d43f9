"""Forms of certificates and of letters about absences."""

from django import forms

from lubsko_ops.core.forms import BaseForm, WholeNumberField
from sessions.attendance.roster import SlotKey

MOST_PRESENCES = 2000
OTHER = "inna"  # somebody who is in no file, among the choices of the recipient


class CertificateThresholdForm(BaseForm):
    """From how many presences certificates are given; empty where none are."""

    error_title = "Progu nie zapisano."
    submit_label = "Zapisz próg"

    certificate_from = WholeNumberField(
        label="Zaświadczenie od ilu obecności",
        required=False,
        min_value=1,
        max_value=MOST_PRESENCES,
        help_text="Spóźnienie liczy się jako obecność. Puste: w tej grupie nie wydaje się zaświadczeń.",
    )
    why = forms.CharField(label="Dlaczego próg się zmienia", max_length=200, required=False)

    def __init__(self, *args, before: int | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = before
        if before is None:
            del self.fields["why"]

    def clean(self):
        data = super().clean()
        changed = "certificate_from" in data and data["certificate_from"] != self.before
        if changed and self.before is not None and not data.get("why"):
            self.add_error("why", "Napisz, dlaczego próg się zmienia.")
        return data


class CertificateIssueForm(BaseForm):
    """To whom certificates are issued now, of those who have enough presences."""

    error_title = "Zaświadczeń nie wydano."
    submit_label = "Wydaj zaświadczenia"

    people = forms.MultipleChoiceField(
        label="Komu wydać", widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"})
    )

    def __init__(self, *args, people: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people.items())
        self.fields["people"].error_messages["required"] = "Zaznacz, komu wydać zaświadczenie."

    def chosen(self) -> list[SlotKey]:
        """Participation and person of each."""
        return [tuple(int(part) for part in code.split("-")) for code in self.cleaned_data["people"]]


class AbsenceLetterForm(BaseForm):
    """A letter to somebody who has missed meetings: to whom, where, and the text around the invitation."""

    error_title = "Pisma nie wydano."
    submit_label = "Wydaj pismo"

    recipient = forms.ChoiceField(label="Do kogo", widget=forms.RadioSelect, required=False)
    recipient_name = forms.CharField(label="Imię i nazwisko innej osoby", max_length=160, required=False)
    address = forms.CharField(
        label="Adres",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Puste: adres dopiszesz ręcznie. Adresu zastrzeżonego się nie drukuje.",
    )
    opening = forms.CharField(
        label="Początek pisma", max_length=1500, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(
        label="Dalszy ciąg",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="Akapity oddziela pusty wiersz.",
    )
    signer = forms.CharField(label="Kto podpisuje", max_length=120)
    distribution = forms.CharField(
        label="Otrzymują",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Każdy w osobnym wierszu.",
    )

    def __init__(self, *args, recipients: dict[str, str], with_other: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.chooses = with_other or len(recipients) > 1
        self.recipients = recipients
        if not self.chooses:
            del self.fields["recipient"]
        else:
            others = [(OTHER, "inna osoba")] if with_other else []
            self.fields["recipient"].choices = [*recipients.items(), *others]
        if not with_other:
            del self.fields["recipient_name"]

    def clean(self):
        data = super().clean()
        chosen = data.get("recipient")
        if self.chooses and not chosen and "recipient" not in self.errors:
            self.add_error("recipient", "Wybierz, do kogo jest pismo.")
        if chosen == OTHER and not data.get("recipient_name"):
            self.add_error("recipient_name", "Wpisz imię i nazwisko osoby, do której jest pismo.")
        if chosen != OTHER and data.get("recipient_name") and chosen:
            self.add_error("recipient_name", "Zaznacz „inna osoba” albo zostaw to pole puste.")
        return data

    def recipient_code(self) -> str:
        """The code of the chosen or only recipient; of another person ``OTHER``."""
        return self.cleaned_data.get("recipient") or next(iter(self.recipients), OTHER)
