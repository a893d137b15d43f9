"""The household and forms about people of a family, under /rodziny/<id>/; duplicates, under /rodziny/."""

from django.urls import path

from families.people.corrections import views as corrections
from families.people.duplicates.views import DuplicateListView, DuplicateResolveView, MergeUndoView
from families.people.views import address, family, person, phone

duplicate_urlpatterns = [
    path("", DuplicateListView.as_view(), name="duplicate-list"),
    path("<int:person_a>/<int:person_b>/", DuplicateResolveView.as_view(), name="duplicate-resolve"),
    path("cofnij/<int:merge>/", MergeUndoView.as_view(), name="merge-undo"),
]

urlpatterns = [
    path("osoby/", family.HouseholdView.as_view(), name="people"),
    path("osoby/dodaj/", person.PersonAddView.as_view(), name="person-add"),
    path("osoby/<int:person>/dane/", person.PersonEditView.as_view(), name="person-edit"),
    path(
        "czlonkowie/<int:membership>/zmiana/", person.MembershipChangeView.as_view(), name="membership-change"
    ),
    path("czlonkowie/<int:membership>/odejscie/", person.MembershipEndView.as_view(), name="membership-end"),
    path("czlonkowie/<int:membership>/adres/", address.MemberAddressView.as_view(), name="own-address"),
    path("adres/nowy/", address.FamilyMoveView.as_view(), name="address-move"),
    path("adres/<int:address>/popraw/", address.AddressCorrectView.as_view(), name="address-correct"),
    path("telefony/dodaj/", phone.PhoneAddView.as_view(), name="phone-add"),
    path("telefony/<int:phone>/popraw/", phone.PhoneCorrectView.as_view(), name="phone-correct"),
    path("telefony/<int:phone>/koniec/", phone.PhoneEndView.as_view(), name="phone-end"),
    path(
        "czlonkowie/<int:membership>/daty/",
        corrections.MembershipDatesView.as_view(),
        name="membership-dates",
    ),
    path(
        "czlonkowie/<int:membership>/pomylka/",
        corrections.MembershipEnteredInErrorView.as_view(),
        name="membership-entered-in-error",
    ),
    path(
        "adres/<int:address>/pomylka/",
        corrections.AddressEnteredInErrorView.as_view(),
        name="address-entered-in-error",
    ),
    path(
        "telefony/<int:phone>/pomylka/",
        corrections.PhoneEnteredInErrorView.as_view(),
        name="phone-entered-in-error",
    ),
    path(
        "problemy/<int:problem>/pomylka/",
        corrections.ProblemEnteredInErrorView.as_view(),
        name="problem-entered-in-error",
    ),
    path("dane/", family.FamilyEditView.as_view(), name="family-edit"),
]
