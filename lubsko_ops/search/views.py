"""The search box: POST, redirect to an opaque address, results within reach."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission
from lubsko_ops.search.models import MAX_QUERY_LENGTH, QUERY_LIFETIME, SearchQuery, mask_pesel
from lubsko_ops.search.registry import SOURCES


class SearchView(PageView):
    """Szukaj: an empty page on GET, a redirect to the answer's own address on POST."""

    permission = Permission.FAMILY_VIEW
    access_area = None
    template_name = "search/search.html"

    def post(self, request):
        text, key = mask_pesel(" ".join(request.POST.get("q", "").replace("\x00", "").split()))
        SearchQuery.objects.filter(user=request.user, asked_at__lt=request.now - QUERY_LIFETIME).delete()
        if not text:
            return redirect("search")
        query = SearchQuery.objects.create(user=request.user, text=text, pesel_key=key, asked_at=request.now)
        return redirect("search-results", pk=query.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(longest=MAX_QUERY_LENGTH, **kwargs)


class SearchResultsView(PageView):
    """Wyniki: what was found within reach for a query of one's own."""

    permission = Permission.FAMILY_VIEW
    access_area = AccessArea.SEARCH
    template_name = "search/search.html"

    def get(self, request, pk):
        self.query = SearchQuery.objects.filter(pk=pk, user=request.user).first()
        if self.query is None:
            raise Http404
        if self.query.asked_at < request.now - QUERY_LIFETIME:
            messages.info(request, "Wyniki wyszukiwania trzymamy godzinę. Wpisz zapytanie jeszcze raz.")
            return redirect("search")
        return super().get(request)

    def get_context_data(self, **kwargs):
        groups = [source(self.request, self.query) for source in SOURCES]
        self.log_access({family for group in groups for family in group["families"]})
        return super().get_context_data(
            query=self.query,
            groups=[group for group in groups if group["found"]],
            longest=MAX_QUERY_LENGTH,
            **kwargs,
        )
