"""URLs of visits in a case file, and of the user's own visits."""

from django.urls import path

from families.visits import case_log_views, contact_views, safeguarding_views, views

urlpatterns = [
    path("wizyty/", case_log_views.CaseLogView.as_view(), name="case-log"),
    path("kontakty/nowy/", contact_views.ContactCreateView.as_view(), name="contact-new"),
    path("kontakty/<int:contact>/popraw/", contact_views.ContactUpdateView.as_view(), name="contact-edit"),
    path(
        "zagrozenia/<int:concern>/",
        safeguarding_views.SafeguardingStepView.as_view(),
        name="safeguarding-concern",
    ),
    path(
        "zagrozenia/<int:concern>/przyjecie/",
        safeguarding_views.SafeguardingAcknowledgeView.as_view(),
        name="safeguarding-acknowledge",
    ),
    path("wizyty/nowa/", views.VisitCreateView.as_view(), name="visit-new"),
    path("wizyty/<int:visit>/", views.VisitDetailView.as_view(), name="visit"),
    path("wizyty/<int:visit>/popraw/", views.VisitUpdateView.as_view(), name="visit-edit"),
]

# Under /wizyty/.
own = [
    path("", case_log_views.MyVisitsView.as_view(), name="my-visits"),
    path("nowa/", views.VisitFamilyChoiceView.as_view(), name="visit-choose"),
    path("kontakt/", contact_views.ContactFamilyChoiceView.as_view(), name="contact-choose"),
]
