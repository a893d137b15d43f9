"""Health check for probes: 200 when the application runs and its database answers, otherwise 503."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpResponse


@login_not_required
def health(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse(
            "baza danych nie odpowiada\n", status=503, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
