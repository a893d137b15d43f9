"""A button that leads from the consultation to sending back takes the remarks along; nothing is saved on the way."""

from families.choices import PlanState
from lubsko_ops.submissions.keys import KEY_FIELD
from lubsko_ops.submissions.models import Draft
from tests.families.plans.helpers import plan_version_url, reload_plan
from tests.form_client import form_data, parse_form
from tests.page import Page
from tests.plan_factories import create_sent_plan

REMARK = "Terminy są za krótkie."


def test_remarks_of_the_consultation_become_the_remark_on_the_plan(client, kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    client.force_login(tomasz)
    consult, send_back = plan_version_url(plan, "consult"), plan_version_url(plan, "send-back")
    [button] = Page(client.get(consult)).all("button", formaction=send_back)
    typed = form_data(client, consult, remarks=REMARK) | {button["name"]: button["value"]}
    answer = client.post(send_back, typed)
    assert answer.status_code == 200
    fields = parse_form(answer.content.decode())
    assert fields["text"] == [REMARK]
    assert fields[KEY_FIELD] == typed[KEY_FIELD], "its draft goes along"
    assert reload_plan(plan).state == PlanState.CONSULTATION
    assert not Draft.objects.exists()
    saved = client.post(send_back, {name: values[0] for name, values in fields.items()})
    assert saved.status_code == 302
    assert reload_plan(plan).returns.get().text == REMARK


def test_it_is_refused_where_the_page_does_not_open(client, kowalscy, anna, maria):
    plan = create_sent_plan(kowalscy, by=anna)
    client.force_login(anna)
    assert (
        client.post(plan_version_url(plan, "send-back"), {"_carry": "1", "remarks": REMARK}).status_code
        == 403
    )
