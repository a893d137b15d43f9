"""Search: a POST stores the query and redirects to an opaque URL, so that no name enters a URL or the logs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.search.models import MAX_QUERY_LENGTH, QUERY_LIFETIME, SearchQuery, mask_pesel
from lubsko_ops.search.permissions import SEARCH, SEARCH_AREA
from lubsko_ops.search.providers import SEARCH_PROVIDERS


def store_query(request) -> SearchQuery | None:
    """Store what was typed (``q``) for the user; None when nothing was. The user's expired ones are deleted."""
    text, key = mask_pesel(" ".join(request.POST.get("q", "").replace("\x00", "").split()))
    SearchQuery.objects.filter(user=request.user, created_at__lt=request.now - QUERY_LIFETIME).delete()
    if not text:
        return None
    return SearchQuery.objects.create(user=request.user, text=text, pesel_key=key, created_at=request.now)


def own_query(request, pk) -> SearchQuery:
    """A query of the user. Raises Http404 for one of somebody else."""
    query = SearchQuery.objects.filter(pk=pk, user=request.user).first()
    if query is None:
        raise Http404
    return query


class SearchView(PageView):
    """Szukaj: the search form; POST redirects to the results."""

    permission = SEARCH
    access_area = None
    template_name = "search/search.html"

    def post(self, request):
        query = store_query(request)
        return redirect("search-results", pk=query.pk) if query else redirect("search")

    def get_context_data(self, **kwargs):
        return super().get_context_data(max_length=MAX_QUERY_LENGTH, **kwargs)


class SearchResultsView(PageView):
    """Wyniki: results of one of the user's own queries among the families they may open."""

    permission = SEARCH
    access_area = SEARCH_AREA
    template_name = "search/search.html"

    def get(self, request, pk):
        query = own_query(request, pk)
        if query.created_at < request.now - QUERY_LIFETIME:
            messages.info(request, "Wyniki wyszukiwania trzymamy godzinę. Wpisz zapytanie jeszcze raz.")
            return redirect("search")
        self.query = query
        return super().get(request)

    def get_context_data(self, **kwargs):
        groups = [search(self.request, self.query) for search in SEARCH_PROVIDERS]
        groups = [group for group in groups if group["count"]]
        return super().get_context_data(
            query=self.query,
            groups=groups,
            has_no_results=not groups and not self.query.has_invalid_pesel,
            max_length=MAX_QUERY_LENGTH,
            **kwargs,
        )
