from django.urls import path

from lubsko_ops.centre import views

urlpatterns = [
    path("", views.SettingsView.as_view(), name="settings"),
    path("osrodek/", views.CentreView.as_view(), name="centre"),
    path("osrodek/herb/", views.CoatOfArmsView.as_view(), name="coat-of-arms"),
    path("osrodek/herb/usun/", views.CoatOfArmsRemoveView.as_view(), name="coat-of-arms-remove"),
    path("normy/", views.NormsView.as_view(), name="norms"),
    path("normy/zatwierdz/", views.NormsConfirmView.as_view(), name="norms-confirm"),
    path("normy/<str:name>/", views.NormChangeView.as_view(), name="norm-change"),
    path("normy/<str:name>/<int:pk>/wycofaj/", views.NormWithdrawView.as_view(), name="norm-withdraw"),
]
