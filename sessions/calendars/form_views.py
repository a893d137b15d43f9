"""Forms of private addresses, each a question with one button: make one, revoke it, make another in its place."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from lubsko_ops.accounts.forms import ButtonForm
from lubsko_ops.core.links import reverse
from lubsko_ops.submissions.base_views import ActionFormView
from projects.groups.views import GroupMixin
from sessions.calendars import addresses
from sessions.choices import CalendarKind
from sessions.models import CalendarAddress
from sessions.permissions import CALENDAR_VIEW, MEETING_VIEW, NOT_RUN, runs_group

PANEL = "adres"  # id of the panel of addresses


class AddressMakeForm(ButtonForm):
    error_title = "Adresu nie utworzono."
    submit_label = "Utwórz adres"


class AddressRevokeForm(ButtonForm):
    error_title = "Adresu nie unieważniono."
    submit_label = "Unieważnij adres"


class AddressRenewForm(ButtonForm):
    error_title = "Adresu nie zmieniono."
    submit_label = "Unieważnij i utwórz nowy"


class CalendarAddressFormView(ActionFormView):
    """Base: a question with one button; it leads back to the calendar."""

    permission = CALENDAR_VIEW
    access_area = None
    template_name = "meetings/calendar_address_form.html"
    keeps_drafts = False
    explanation = ""

    def get_cancel_url(self):
        return f"{reverse('meetings:calendar')}#{PANEL}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(explanation=self.explanation, **kwargs)


# ---- new ---------------------------------------------------------------------------------------------
class AddressMakeView(CalendarAddressFormView):
    """A private address of the own calendar."""

    form_class = AddressMakeForm
    page_title = "Utwórz adres kalendarza"
    explanation = (
        "Powstanie prywatny adres, pod którym kalendarz telefonu przeczyta Twoje spotkania, wizyty i konsultacje. "
        "Nazwisk i adresów rodzin w nim nie będzie."
    )

    def perform(self, form):
        return addresses.make_address(kind=CalendarKind.WORKER, by=self.request.user)

    def get_success_message(self):
        return "Utworzono adres. Skopiuj go do kalendarza w telefonie."


class GroupAddressMixin(GroupMixin):
    """A form about the calendar of a group; it leads back to that page."""

    permission = MEETING_VIEW

    def get_cancel_url(self):
        return f"{self.group_url('meetings:group-calendar')}#{PANEL}"


class GroupAddressMakeView(GroupAddressMixin, AddressMakeView):
    """A private address of the meetings of a group."""

    page_title = "Utwórz adres kalendarza grupy"
    explanation = (
        "Powstanie prywatny adres, pod którym kalendarz telefonu przeczyta dni, godziny i miejsca spotkań tej grupy. "
        "Nazwisk uczestników w nim nie będzie."
    )

    def perform(self, form):
        return addresses.make_address(kind=CalendarKind.GROUP, group=self.group, by=self.request.user)


class LeaderAddressMakeView(GroupAddressMixin, AddressMakeView):
    """A private address of the meetings that one leader leads, to be handed over."""

    page_title = "Utwórz adres dla prowadzącego"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        leaders = self.group.leaders.select_related("group__edition", "user")
        self.leader = get_object_or_404(leaders, pk=kwargs["leader"])
        if not runs_group(self.edition, self.leaders, self.request.user, on=self.request.today):
            raise PermissionDenied(NOT_RUN)

    @property
    def explanation(self):
        return (
            f"Powstanie prywatny adres ze spotkaniami, które prowadzi {self.leader}. Przekaż go tej osobie. Przestanie "
            "działać, gdy go unieważnisz albo gdy nie będziesz już prowadzić tej grupy ani projektu."
        )

    def perform(self, form):
        return addresses.make_address(kind=CalendarKind.LEADER, leader=self.leader, by=self.request.user)

    def get_success_message(self):
        return f"Utworzono adres. Przekaż go osobie, która prowadzi zajęcia: {self.leader}."


# ---- revoked -----------------------------------------------------------------------------------------
class OwnAddressFormView(CalendarAddressFormView):
    """Base: about one address of the user that works. 404 for any other."""

    address: CalendarAddress

    def setup_object(self, address):
        rows = CalendarAddress.objects.select_related("group", "leader__group", "leader__user")
        self.address = get_object_or_404(rows, pk=address, user=self.request.user, revoked_at=None)

    def get_cancel_url(self):
        group = self.address.group_id or (self.address.leader and self.address.leader.group_id)
        url = reverse("meetings:group-calendar", args=[group]) if group else reverse("meetings:calendar")
        return f"{url}#{PANEL}"


class AddressRevokeView(OwnAddressFormView):
    form_class = AddressRevokeForm
    page_title = "Unieważnij adres kalendarza"
    explanation = (
        "Kalendarze, które z niego korzystają, przestaną się odświeżać. To, co już pobrały, w nich zostanie."
    )

    def perform(self, form):
        return addresses.revoke_address(address=self.address, by=self.request.user)

    def get_success_message(self):
        return "Unieważniono adres kalendarza."


class AddressRenewView(OwnAddressFormView):
    form_class = AddressRenewForm
    page_title = "Unieważnij adres i utwórz nowy"
    explanation = (
        "Dotychczasowy adres przestanie działać od razu. Nowy trzeba będzie wpisać w każdym telefonie, który ma "
        "pokazywać ten kalendarz."
    )

    def perform(self, form):
        return addresses.renew_address(address=self.address, by=self.request.user)

    def get_success_message(self):
        return "Utworzono nowy adres, a dawny unieważniono."
