"""One-time links of accounts: issuing, the card that is shown once, acknowledging, and the pages of their owner.

The token stands in no log and no table: the address with it only remembers its hash in the session and leads on to a
page without it, as Django's own password reset does; until the card is shown the token waits encrypted in the session.
"""

from functools import cached_property
from typing import Any

import segno
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View

from lubsko_ops.accounts import actions, link_actions
from lubsko_ops.accounts.base_views import PersonFormView, PersonPageView
from lubsko_ops.accounts.forms import (
    ButtonForm,
    LinkForm,
    LinkPasswordForm,
    LinkSecondFactorForm,
    NoticesForm,
)
from lubsko_ops.accounts.link_mail import can_send_mail, send_link
from lubsko_ops.accounts.models import (
    AccountLink,
    LinkKind,
    RegionGrant,
    RoleEndNotice,
    RoleGrant,
    moment_text,
)
from lubsko_ops.accounts.notices import get_waiting_notices, own_ends_to_read, own_links_to_read
from lubsko_ops.accounts.panels import HAS_NOTICES
from lubsko_ops.accounts.permissions import ACCESS_ACKNOWLEDGE, ACCOUNTS_MANAGE
from lubsko_ops.core import clock
from lubsko_ops.core.fields import cipher
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import OWN_ACCOUNT
from lubsko_ops.submissions.base_views import ActionFormView

CARD = "link_of_card"  # in the session: id of a link just issued, and its token, encrypted
OPENED = "opened_link"  # in the session: the hash of the token somebody came with


class ManagedPersonFormView(PersonFormView):
    """Base of the forms of an account; "Anuluj" and saving lead to it."""

    permission = ACCOUNTS_MANAGE
    current_tab = "person"


class ConfirmationView(ManagedPersonFormView):
    """A question with one button."""

    form_class = ButtonForm
    keeps_drafts = False


# ---- issuing ---------------------------------------------------------------------------------------
def keep_for_card(request, link: AccountLink, token: str) -> None:
    """Keep the token until the card is shown, which is the next page."""
    request.session[CARD] = [link.pk, cipher().encrypt(token.encode()).decode()]


def link_url(request, token: str) -> str:
    return request.build_absolute_uri(reverse("account-link", args=[token]))


class LinkIssueView(ManagedPersonFormView):
    """Wystaw odsyłacz: invitation, new password or new second factor; leads to the card."""

    form_class = LinkForm
    page_title = "Wystaw odsyłacz do konta"
    template_name = "accounts/link_form.html"

    def get_kinds(self) -> list[LinkKind]:
        if not self.person.has_usable_password():
            return [LinkKind.INVITATION]
        has_factor = Authenticator.objects.filter(user=self.person).exists()
        return [LinkKind.PASSWORD, *([LinkKind.SECOND_FACTOR] if has_factor else [])]

    def get_form_kwargs(self):
        email = self.person.email if can_send_mail() else ""
        return super().get_form_kwargs() | {"kinds": self.get_kinds(), "email": email}

    def get_initial(self):
        return {"kind": self.get_kinds()[0]}

    def perform(self, form):
        kind = LinkKind(form.cleaned_data["kind"])
        link, token = link_actions.issue_link(user=self.person, kind=kind, by=self.request.user)
        keep_for_card(self.request, link, token)
        if form.cleaned_data.get("by_email"):
            send_link(link, link_url(self.request, token))
        return link

    def get_success_url(self):
        return reverse("link-card", args=[self.person.pk, self.result.pk])

    def get_success_message(self):
        return f"Wystawiono: {self.result.get_kind_display()}, {self.result.state_text(self.request.now)}."


class LinkCardView(PersonPageView):
    """Karta: name, user name, address and QR code of a link just issued. Shown once."""

    permission = ACCOUNTS_MANAGE
    current_tab = "person"
    template_name = "accounts/link_card.html"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        self.link = get_object_or_404(self.person.links, pk=kwargs["link"])

    def get_context_data(self, **kwargs):
        pk, token = self.request.session.pop(CARD, None) or (None, "")
        url = link_url(self.request, cipher().decrypt(token.encode()).decode()) if pk == self.link.pk else ""
        card = {
            "link": self.link,  # in place of its id, which the address gives
            "address": url,
            "qr": segno.make(url, micro=False).svg_inline(border=2, omitsize=True) if url else "",
            "valid_until": moment_text(self.link.valid_until),
            "state": self.link.state_text(self.request.now),
            "with_second_factor": self.link.kind != LinkKind.PASSWORD,
        }
        return super().get_context_data(**kwargs | card)


class LinkCancelView(ConfirmationView):
    page_title = "Unieważnij odsyłacz"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        self.link = get_object_or_404(self.person.links, pk=kwargs["link"])

    def perform(self, form):
        return link_actions.cancel_link(link=self.link, by=self.request.user)

    def get_success_message(self):
        return f"Unieważniono: {self.result.get_kind_display()}."


# ---- read and acknowledged -------------------------------------------------------------------------
class AcknowledgeView(ActionFormView):
    """Base: the user has read that somebody else opened cases or issued a link. Called from the start page."""

    access_area = None
    form_class = ButtonForm
    keeps_drafts = False
    page_title = "Przyjmij do wiadomości"

    def get_success_message(self):
        return "Przyjęto do wiadomości."


class NoticeAcknowledgeView(AcknowledgeView):
    """A manager has read one notice (``kind``: of ``AccessNotice``); its page shows it once more."""

    permission = ACCESS_ACKNOWLEDGE
    template_name = "accounts/acknowledge.html"
    model: type[RoleGrant | RegionGrant | AccountLink | RoleEndNotice]
    kind = ""

    def setup_object(self, pk):
        self.row: Any = get_object_or_404(self.model, pk=pk)

    @cached_property
    def notice(self):
        """The notice, as long as it waits for this manager."""
        waiting = get_waiting_notices(self.request.user)
        return next((each for each in waiting if (each.kind, each.pk) == (self.kind, self.row.pk)), None)

    def get_context_data(self, **kwargs):
        return super().get_context_data(notice=self.notice, **kwargs)

    def perform(self, form):
        if self.notice is None:
            raise ValidationError("To już przyjęto do wiadomości.")
        return self.acknowledge()

    def acknowledge(self):
        raise NotImplementedError


class GrantAcknowledgeView(NoticeAcknowledgeView):
    model: type[RoleGrant | RegionGrant] = RoleGrant
    kind = "grant"

    def acknowledge(self):
        return actions.acknowledge_grant(grant=self.row, by=self.request.user)


class RegionAcknowledgeView(GrantAcknowledgeView):
    model = RegionGrant
    kind = "region"


class LinkAcknowledgeView(NoticeAcknowledgeView):
    model = AccountLink
    kind = "link"

    def acknowledge(self):
        return link_actions.acknowledge_link(link=self.row, by=self.request.user)


class EndAcknowledgeView(NoticeAcknowledgeView):
    model = RoleEndNotice
    kind = "end"

    def acknowledge(self):
        return link_actions.acknowledge_end(notice=self.row, by=self.request.user)


class NoticesAcknowledgeView(AcknowledgeView):
    """A manager has read everything that waits, which the page lists by name."""

    permission = ACCESS_ACKNOWLEDGE
    form_class = NoticesForm
    page_title = "Przyjmij wszystko do wiadomości"
    template_name = "accounts/acknowledge_all.html"

    @cached_property
    def waiting(self):
        return get_waiting_notices(self.request.user)

    def get_initial(self):
        return {"listed": " ".join(notice.key for notice in self.waiting)}

    def listed(self, keys: str | None):
        """The notices that the form names, as far as they still wait."""
        return [notice for notice in self.waiting if notice.key in (keys or "").split()]

    def get_context_data(self, **kwargs):
        notices = self.listed(kwargs["form"]["listed"].value())
        return super().get_context_data(notices=notices, **kwargs)

    def perform(self, form):
        notices = self.listed(form.cleaned_data["listed"])
        if not notices:
            raise ValidationError("To już przyjęto do wiadomości.")
        return link_actions.acknowledge_all(notices=notices, by=self.request.user)

    def get_success_message(self):
        return f"Przyjęto do wiadomości: {self.result}."


class OwnLinksReadView(AcknowledgeView):
    """The owner has read which links were issued for the account, and that the manager's role ended."""

    permission = OWN_ACCOUNT
    template_name = "accounts/own_links_read.html"

    def get_context_data(self, **kwargs):
        links = own_links_to_read(self.request.user)
        rows = [{"link": link, "state": link.state_text(self.request.now)} for link in links]
        return super().get_context_data(rows=rows, ends=own_ends_to_read(self.request.user), **kwargs)

    def perform(self, form):
        user = self.request.user
        return [
            *[link_actions.acknowledge_link(link=link, by=user) for link in own_links_to_read(user)],
            *[link_actions.acknowledge_end(notice=notice, by=user) for notice in own_ends_to_read(user)],
        ]

    def get_success_url(self):
        self.request.session.pop(HAS_NOTICES, None)
        return reverse("start")


# ---- the owner of the link -------------------------------------------------------------------------
@method_decorator(login_not_required, name="dispatch")
class LinkOpenView(View):
    """The address of the card: remembers the hash of its token and leads on to a page without it."""

    http_method_names = ["get", "head"]

    def get(self, request, token):
        if request.user.is_authenticated:
            return refuse(
                request,
                "W tej przeglądarce ktoś jest zalogowany. Wyloguj się, a potem otwórz odsyłacz jeszcze raz.",
            )
        request.session[OPENED] = actions.hash_token(token)
        return redirect("use-account-link")


@method_decorator(login_not_required, name="dispatch")
class LinkUseView(View):
    """What the owner of the link types: a new password, or the present one to remove the second factor."""

    http_method_names = ["get", "head", "post"]

    def get(self, request):
        return self.refuse_or_none() or self.render_form(self.get_form_class()())

    def post(self, request):
        if response := self.refuse_or_none():
            return response
        form = self.get_form_class()(request.POST)
        if form.is_valid():
            try:
                self.use(form)
            except ValidationError as refusal:
                form.add_action_errors(refusal)
            else:
                request.session.flush()
                messages.success(request, self.get_success_message())
                return redirect("account_login")
        return self.render_form(form, status=422)

    def refuse_or_none(self):
        """The page that says why the link does not work; None when it does. Sets ``link``."""
        opened = self.request.session.get(OPENED, "")
        self.link: Any = link_actions.get_link(opened) if opened else None
        refusal = link_actions.link_refusal(self.link, clock.now())
        return refuse(self.request, refusal) if refusal else None

    def get_form_class(self):
        return LinkSecondFactorForm if self.link.kind == LinkKind.SECOND_FACTOR else LinkPasswordForm

    def use(self, form) -> None:
        password = form.cleaned_data["password"]
        if self.link.kind != LinkKind.SECOND_FACTOR:
            link_actions.use_link(link=self.link, password=password)
            return
        name = self.link.user.username
        # The attempts are counted as those of a login.
        user = get_adapter(self.request).authenticate(self.request, username=name, password=password)
        if user is None or user.pk != self.link.user_id:
            raise ValidationError(
                {"password": "To nie jest hasło tego konta. Gdy go nie pamiętasz, poproś o nowe."}
            )
        link_actions.use_link(link=self.link)

    def get_success_message(self) -> str:
        if self.link.kind == LinkKind.SECOND_FACTOR:
            return "Dawny drugi składnik usunięto. Zaloguj się i ustaw nowy."
        return f"Hasło ustawione. Zaloguj się: nazwa użytkownika {self.link.user.username}."

    def render_form(self, form, status=200):
        context = {"form": form, "link": self.link, "person": self.link.user}
        return render(self.request, "accounts/use_link.html", context, status=status)


def refuse(request, sentence: str):
    """A page with one sentence, for a link that does not work."""
    return render(request, "accounts/link_refused.html", {"sentence": sentence}, status=410)
