"""Addresses of the money of a project, below /projekty/<id>/budzet/; ``line`` is the number of a position."""

from django.urls import path

from projects.money import form_views, views

BASE = "<int:pk>/budzet"
in_project = [
    path(f"{BASE}/", views.BudgetView.as_view(), name="budget"),
    path(f"{BASE}.xlsx", views.BudgetDownloadView.as_view(), name="budget-xlsx"),
    path(f"{BASE}/faktury/", views.InvoiceListView.as_view(), name="invoices"),
    path(f"{BASE}/faktury/nowa/", form_views.InvoiceAddView.as_view(), name="invoice-add"),
    path(f"{BASE}/faktury/<int:invoice>/", form_views.InvoiceCorrectView.as_view(), name="invoice-correct"),
    path(
        f"{BASE}/faktury/<int:invoice>/usun/", form_views.InvoiceRemoveView.as_view(), name="invoice-remove"
    ),
    path(f"{BASE}/pozycje/<int:line>/roznica/", form_views.DifferenceView.as_view(), name="difference"),
]
