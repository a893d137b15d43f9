"""Functions called at the same time on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connections


def run_concurrently(function, arguments) -> list:
    """Call the function concurrently, once for each argument; results and refusals in order."""
    arguments = list(arguments)
    start = Barrier(len(arguments))

    def call(argument):
        start.wait(timeout=30)
        try:
            return function(argument)
        except ValidationError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(arguments)) as threads:
        return list(threads.map(call, arguments))


def run_together(*functions) -> list:
    """Call the functions at the same time; results and refusals in order. Any other error is raised."""
    return run_concurrently(lambda function: function(), functions)
