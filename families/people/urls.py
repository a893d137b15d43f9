"""Osoby and its forms, under /rodziny/<id>/."""

from django.urls import path

from families.people.corrections import views as corrections
from families.people.views import address, family, household, person, phone

urlpatterns = [
    path("osoby/", household.People.as_view(), name="people"),
    path("osoby/dodaj/", person.PersonAdd.as_view(), name="person-add"),
    path("osoby/<int:person>/dane/", person.PersonEdit.as_view(), name="person-edit"),
    path("czlonkowie/<int:membership>/zmiana/", person.MembershipChange.as_view(), name="membership-change"),
    path("czlonkowie/<int:membership>/odejscie/", person.Leave.as_view(), name="membership-end"),
    path("czlonkowie/<int:membership>/adres/", address.OwnAddress.as_view(), name="own-address"),
    path("adres/nowy/", address.Move.as_view(), name="address-move"),
    path("adres/<int:address>/popraw/", address.CorrectAddress.as_view(), name="address-correct"),
    path("telefony/dodaj/", phone.PhoneAdd.as_view(), name="phone-add"),
    path("telefony/<int:phone>/popraw/", phone.CorrectPhone.as_view(), name="phone-correct"),
    path("telefony/<int:phone>/koniec/", phone.PhoneEnd.as_view(), name="phone-end"),
    path("czlonkowie/<int:membership>/daty/", corrections.MembershipDays.as_view(), name="membership-days"),
    path(
        "czlonkowie/<int:membership>/pomylka/",
        corrections.MembershipMistake.as_view(),
        name="membership-mistake",
    ),
    path("adres/<int:address>/pomylka/", corrections.AddressMistake.as_view(), name="address-mistake"),
    path("telefony/<int:phone>/pomylka/", corrections.PhoneMistake.as_view(), name="phone-mistake"),
    path("problemy/<int:problem>/pomylka/", corrections.ProblemMistake.as_view(), name="problem-mistake"),
    path("dane/", family.FamilyEdit.as_view(), name="family-edit"),
]
