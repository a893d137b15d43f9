from families.people.permissions import FAMILY_LIST_AREA
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.dashboard import get_panels
from lubsko_ops.core.permissions import OWN_ACCOUNT
from lubsko_ops.core.polish import count_of, weekday_date
from lubsko_ops.submissions.drafts import active_drafts, draft_rows

DRAFTS_SHOWN = 5


class DashboardView(PageView):
    """Start page: panels of the user's roles and the drafts of the user."""

    permission = OWN_ACCOUNT
    access_area = FAMILY_LIST_AREA  # of the families in panels and titles of drafts
    template_name = "dashboard/dashboard.html"

    def get_context_data(self, **kwargs):
        panels = get_panels(self.request)
        active = active_drafts(self.request)
        drafts = draft_rows(active)
        day = weekday_date(self.request.today)
        title = next((each.title for each in panels if each.title), "")
        sentences = [f"{day}."] if title else []
        sentences += [each.lede for each in panels if each.lede]
        if active:
            forms = "niedokończony szkic,niedokończone szkice,niedokończonych szkiców"
            sentences.append(f"{count_of(len(active), forms)} do zapisania.")
        return super().get_context_data(
            heading=title or day,
            lede=" ".join(sentences),
            actions=[action for each in panels for action in each.actions],
            panels=[each for each in panels if not (each.side or each.wide)],
            side_panels=[each for each in panels if each.side],
            wide_panels=[each for each in panels if each.wide],
            drafts=drafts[:DRAFTS_SHOWN],
            more_drafts=drafts[DRAFTS_SHOWN:],
            draft_count=len(drafts),
            **kwargs,
        )
