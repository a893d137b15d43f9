"""Forms of a project's report: its texts and the steps to the approval."""

from django import forms

from lubsko_ops.core.forms import BaseForm, BaseModelForm
from projects.row_forms import ProjectFormMeta
from reports.forms import CorrectionForm
from reports.models import PROJECT_HEADINGS, ProjectReportText

TEXT_FIELDS = tuple(PROJECT_HEADINGS)


class ReportTextsForm(BaseModelForm):
    """The own texts of the report."""

    error_title = "Tekstów nie zapisano."
    submit_label = "Zapisz teksty"

    class Meta(ProjectFormMeta):
        model = ProjectReportText
        fields = TEXT_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in TEXT_FIELDS:
            self.fields[name].label = PROJECT_HEADINGS[name]
            self.fields[name].widget.attrs["rows"] = 8
        self.fields["course"].help_text = "Bez przebiegu sprawozdania nie można przedstawić do zatwierdzenia."


class PresentForm(BaseForm):
    error_title = "Sprawozdania nie przedstawiono."
    submit_label = "Przedstaw do zatwierdzenia"


class ReturnReportForm(BaseForm):
    error_title = "Sprawozdania nie odesłano."
    submit_label = "Odeślij z uwagami"

    remarks = forms.CharField(
        label="Co poprawić",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Napisz, co poprawić."},
    )


class ApproveReportForm(BaseForm):
    error_title = "Sprawozdania nie zatwierdzono."
    submit_label = "Zatwierdź sprawozdanie"


class CorrectReportForm(CorrectionForm):
    """Korekta: with the reason that its paper states."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "reason"
        ].help_text = (
            "Będzie na wydruku, np. „dopisano obecność z 6 października”. Nie wpisuj nazwisk uczestników."
        )
