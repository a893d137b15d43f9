from django.urls import path

from families.register_import import views

urlpatterns = [
    path("", views.RegisterUploadView.as_view(), name="register-import"),
    path("szablon.xlsx", views.TemplateWorkbookView.as_view(), name="register-template"),
    path("<int:pk>/", views.ImportView.as_view(), name="register-import-detail"),
    path("<int:pk>/wczytaj/", views.ImportStartView.as_view(), name="register-import-start"),
    path("<int:pk>/przerwij/", views.ImportCancelView.as_view(), name="register-import-cancel"),
    path("<int:pk>/cofnij/", views.ImportUndoView.as_view(), name="register-import-undo"),
    path("<int:pk>/co-poprawic.xlsx", views.CorrectedWorkbookView.as_view(), name="register-corrected"),
]
