"""URLs of the dictionaries, under /ustawienia/."""

from django.urls import URLPattern, path

from lubsko_ops.centre.dictionaries import filing_views, views


def of_dictionary(route: str, dictionary: views.Dictionary) -> list[URLPattern]:
    """The list and the forms of one dictionary."""
    forms = {
        "change": ("zmien", views.EntryChangeView),
        "close": ("zamknij", views.EntryCloseView),
        "reopen": ("otworz", views.EntryReopenView),
        "remove": ("usun", views.EntryRemoveView),
    }
    kwargs = {"dictionary": dictionary}
    return [
        path(f"{route}/", views.EntryListView.as_view(), kwargs, name=dictionary.name),
        path(f"{route}/dodaj/", views.EntryAddView.as_view(), kwargs, name=f"{dictionary.name}-add"),
        *(
            path(f"{route}/<int:pk>/{word}/", view.as_view(), kwargs, name=f"{dictionary.name}-{action}")
            for action, (word, view) in forms.items()
        ),
    ]


urlpatterns = [
    *of_dictionary("rejony", views.REGIONS),
    *of_dictionary("instytucje", views.INSTITUTIONS),
    *of_dictionary("miejsca", views.PLACES),
    path("jrwa/", filing_views.FilingSymbolsView.as_view(), name="filing-symbols"),
    path("jrwa/dodaj/", filing_views.SymbolAddView.as_view(), name="filing-symbol-add"),
    path("jrwa/<int:pk>/zmien/", filing_views.SymbolChangeView.as_view(), name="filing-symbol-change"),
    path("jrwa/<int:pk>/usun/", filing_views.SymbolRemoveView.as_view(), name="filing-symbol-remove"),
    path("jrwa/<int:pk>/licznik/<int:year>/", filing_views.CounterView.as_view(), name="symbol-counter"),
]
