"""Subjects of documents: the plan as PDF against WeasyPrint alone on the same HTML, fonts and PDF variant."""

import logging
from collections.abc import Iterator
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import weasyprint
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration

from devtools.benchmark.family_subjects import oldest_period
from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import Subject, open_page, page
from families.plans.models import Plan
from lubsko_ops.accounts.models import User
from lubsko_ops.output.documents import DocumentResponse
from lubsko_ops.output.pdf import STATIC_BASE_URL
from projects.models import Edition

PROFILE = "sRGB2014"
REPORT_AGAINST_WEASYPRINT = 1.6  # its numbers are computed first
AGAINST_WEASYPRINT = 1.25  # including the view, the HTML and the way to the rendering process and back


def subjects() -> Iterator[Subject]:
    family = oldest_period(User.objects.get(username="anna")).family_id
    plan = Plan.objects.filter(period__family=family).order_by("-number").first()
    if plan is not None:
        url = reverse("families:plan-pdf", args=[family, plan.number])
        yield _document("plan pracy, PDF", "anna", url, AGAINST_WEASYPRINT)
    edition = Edition.objects.annotate(people=Count("participations")).order_by("-people", "pk").first()
    if edition is not None and edition.people:
        url = reverse("project-reports:pdf", args=[edition.pk])
        yield _document("sprawozdanie z projektu, PDF", "maria", url, REPORT_AGAINST_WEASYPRINT)


def _document(name: str, who: str, url: str, limit: float) -> Subject:
    floor = Subject("WeasyPrint", who, WeasyPrintAlone(url).write)
    return page(name, who, url, at_most(limit, floor=floor), statements=None)


class WeasyPrintAlone:
    """Renders the HTML of a document as a plain program would; the style sheet and the fonts are loaded once."""

    def __init__(self, url: str) -> None:
        self.url = url

    def write(self, client: Client) -> bytes:
        html, base_url = self.source(client)
        document = weasyprint.HTML(string=html, base_url=base_url)
        return document.write_pdf(
            stylesheets=[self.stylesheet],
            font_config=self.fonts,
            pdf_variant="pdf/a-3a",
            color_profiles={PROFILE: self.color_profile},
            output_intent=PROFILE,
        )

    @cache  # noqa: B019 - lives as long as the benchmark
    def source(self, client: Client) -> tuple[str, str]:
        """The HTML that the application hands over for this document, with addresses of files on this disk."""
        with patch.object(DocumentResponse, "make_content"):
            response = open_page(client, self.url)
        html, static = response.args
        self.static = Path(static)
        base_url = f"{self.static.as_uri()}/"
        return html.replace(STATIC_BASE_URL, base_url), base_url

    @cached_property
    def fonts(self) -> FontConfiguration:
        logging.getLogger("weasyprint").propagate = False  # its warnings quote the document
        return FontConfiguration()

    @cached_property
    def color_profile(self) -> ColorProfile:
        """WeasyPrint would open its own for each document and never close it."""
        file = Path(weasyprint.__file__).with_name("pdf") / f"{PROFILE}.icc"
        return ColorProfile(
            BytesIO(file.read_bytes()), file.name, "relative-colorimetric", (["r"], ["g"], ["b"])
        )

    @cached_property
    def stylesheet(self) -> weasyprint.CSS:
        return weasyprint.CSS(filename=self.static / "css" / "print.css", font_config=self.fonts)
