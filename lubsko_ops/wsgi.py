"""Server entry point."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lubsko_ops.settings")
django.setup(set_prefix=False)


class Request(WSGIRequest):
    """A request that is always read as UTF-8; CharsetMiddleware refuses the others.

    Django's own decodes the address in the charset that a header names, before any middleware could refuse it: "hex"
    or a header that cannot be parsed ended the request without an answer.
    """

    def _set_content_type_params(self, meta):
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):
            self.content_type, self.content_params = "", {"charset": ""}


class Handler(WSGIHandler):
    request_class = Request


application = Handler()
