"""The search box: POST, redirect to an opaque address, results within reach."""

from django.http import Http404
from django.shortcuts import redirect

from lubsko_ops import clock
from lubsko_ops.access import Permission
from lubsko_ops.reading import Part
from lubsko_ops.search import SOURCES
from lubsko_ops.search.models import KEPT, LONGEST, SearchQuery
from lubsko_ops.views import Page


class Search(Page):
    """Szukaj: an empty page on GET, a redirect to the answer's own address on POST."""

    permission = Permission.FAMILY_VIEW
    part = None
    template_name = "ops/search.html"

    def post(self, request):
        text = " ".join(request.POST.get("q", "").split())[:LONGEST]
        SearchQuery.objects.filter(user=request.user, asked_at__lt=request.now - KEPT).delete()
        if not text:
            return redirect("search")
        query = SearchQuery.objects.create(user=request.user, text=text, asked_at=clock.now())
        return redirect("search-results", pk=query.pk)


class SearchResults(Page):
    """Wyniki: what was found within reach for a query of one's own."""

    permission = Permission.FAMILY_VIEW
    part = Part.SEARCH
    template_name = "ops/search.html"

    def get_context_data(self, pk, **kwargs):
        query = SearchQuery.objects.filter(
            pk=pk, user=self.request.user, asked_at__gte=self.request.now - KEPT
        ).first()
        if query is None:
            raise Http404
        groups = [source(self.request, query.text) for source in SOURCES]
        self.shows({family for group in groups for family in group["families"]})
        return super().get_context_data(query=query.text, groups=groups, **kwargs)
