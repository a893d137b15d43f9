from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.dashboard import get_panels
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import count_of, weekday_date
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.drafts import active_drafts


class Start(PageView):
    """Start: what is due today comes first."""

    permission = Permission.OWN_ACCOUNT
    access_area = None
    template_name = "dashboard/dashboard.html"

    def get_context_data(self, **kwargs):
        panels = get_panels(self.request)
        waiting = active_drafts(self.request)
        day, title = (
            weekday_date(self.request.today),
            next((each.title for each in panels if each.title), ""),
        )
        sentences = [f"{day}."] if title else []
        sentences += [each.lede for each in panels if each.lede]
        if waiting:
            forms = "niedokończony szkic,niedokończone szkice,niedokończonych szkiców"
            sentences.append(f"{count_of(len(waiting), forms)} do zapisania.")
        return super().get_context_data(
            heading=title or day,
            lede=" ".join(sentences),
            actions=[deed for each in panels for deed in each.actions],
            panels=[each for each in panels if not (each.side or each.wide)],
            side_panels=[each for each in panels if each.side],
            wide_panels=[each for each in panels if each.wide],
            drafts=[{"draft": draft, "address": drafts.draft_url(draft)} for draft in waiting],
            **kwargs,
        )
