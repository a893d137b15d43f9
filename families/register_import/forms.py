"""Forms of the import of a register."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from families.register_import.reading import MAX_FILE, MAX_FILES
from lubsko_ops.core.forms import BaseForm


class FilesInput(forms.ClearableFileInput):
    """A file control for several files, whose value is the list of them."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class RegisterFilesField(forms.FileField):
    """One workbook, or several CSV files; their content as bytes. Refused by size before anything is read."""

    widget = FilesInput(attrs={"accept": ".xlsx,.csv,.txt"})
    default_error_messages = {
        "required": "Wybierz plik z rejestrem.",
        "empty": "Ten plik jest pusty.",
        "too_many": f"Naraz można przesłać najwyżej {MAX_FILES} plików.",
        "too_large": f"Plik ma więcej niż {MAX_FILE // 2**20} MB. Skopiuj same wiersze rejestru do pustego szablonu.",
    }

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        uploaded = [each for each in (data or []) if each]
        if not uploaded:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploaded) > MAX_FILES:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        if sum(each.size for each in uploaded) > MAX_FILE:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        if any(not each.size for each in uploaded):
            raise ValidationError(self.error_messages["empty"], code="empty")
        for each in uploaded:
            each.seek(0)
        return [each.read() for each in uploaded]


class RegisterUploadForm(BaseForm):
    error_title = "Pliku nie przesłano."
    submit_label = "Sprawdź plik"

    files = RegisterFilesField(
        label="Plik z rejestrem",
        help_text="Skoroszyt XLSX albo pliki CSV, po jednym na arkusz. Najwyżej 10 MB. Na razie niczego nie wczytamy.",
    )


class ImportStartForm(BaseForm):
    error_title = "Rejestru nie wczytano."
    submit_label = "Wczytaj rejestr"

    remarks_read = forms.BooleanField(
        label="Uwagi przeczytane, można wczytać mimo nich",
        error_messages={"required": "Przeczytaj uwagi i zaznacz, że można wczytać mimo nich."},
    )

    def __init__(self, *args, has_remarks: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_remarks:
            del self.fields["remarks_read"]


class ImportCancelForm(BaseForm):
    error_title = "Wczytywania nie przerwano."

    def __init__(self, *args, is_running: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = "Przerwij" if is_running else "Usuń plik"


class ImportUndoForm(BaseForm):
    error_title = "Wczytania nie cofnięto."
    submit_label = "Cofnij wczytanie"

    reason = forms.CharField(
        label="Dlaczego",
        max_length=200,
        error_messages={"required": "Napisz, dlaczego cofasz wczytanie."},
        help_text="Np. wczytano rejestr z zeszłego roku.",
    )
