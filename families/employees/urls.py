"""URLs of the files of assistants, under /pracownicy/."""

from django.urls import path

from families.employees.views import file, papers, rows

urlpatterns = [
    path("teczki/", file.EmployeeFilesView.as_view(), name="employee-files"),
    path("<int:pk>/teczka/", file.EmployeeFileView.as_view(), name="employee-file"),
    path("<int:pk>/teczka/dane/", file.EmployeeFileEditView.as_view(), name="employee-file-edit"),
    path("<int:pk>/teczka/potwierdz/", file.ConfirmView.as_view(), name="employee-confirm"),
    path("<int:pk>/teczka/cofnij/", file.WithdrawView.as_view(), name="employee-withdraw"),
    path("<int:pk>/teczka/dodaj/<slug:kind>/", file.DocumentAddView.as_view(), name="employee-document-add"),
    path("<int:pk>/teczka/<int:row>/", file.DocumentCorrectView.as_view(), name="employee-document"),
    path(
        "<int:pk>/teczka/<int:row>/usun/",
        file.DocumentRemoveView.as_view(),
        name="employee-document-remove",
    ),
    path("<int:pk>/umowy/dodaj/", rows.ContractAddView.as_view(), name="contract-add"),
    path("<int:pk>/umowy/<int:row>/", rows.ContractCorrectView.as_view(), name="contract"),
    path("<int:pk>/umowy/<int:row>/usun/", rows.ContractRemoveView.as_view(), name="contract-remove"),
    path("<int:pk>/szkolenia/dodaj/", rows.TrainingAddView.as_view(), name="training-add"),
    path("<int:pk>/szkolenia/<int:row>/", rows.TrainingCorrectView.as_view(), name="training"),
    path("<int:pk>/szkolenia/<int:row>/usun/", rows.TrainingRemoveView.as_view(), name="training-remove"),
    path("<int:pk>/nieobecnosci/dodaj/", rows.AbsenceAddView.as_view(), name="absence-add"),
    path("<int:pk>/nieobecnosci/<int:row>/", rows.AbsenceCorrectView.as_view(), name="absence"),
    path("<int:pk>/nieobecnosci/<int:row>/usun/", rows.AbsenceRemoveView.as_view(), name="absence-remove"),
    path("<int:pk>/upowaznienie.pdf", papers.AuthorisationPdfView.as_view(), name="employee-authorisation"),
    path("<int:pk>/zobowiazanie.pdf", papers.PledgePdfView.as_view(), name="employee-pledge"),
]
