"""Pages for what went wrong: what happened, and what to do.

500 is Django's own handler with our template. Its handlers of 403 and 404 read what was sent, to check
its CSRF token, and end in a 500 where that cannot be read; ours show their pages, whatever was sent.
"""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something in the request makes no sense (400), or there is too much of it (413)."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An account that may not do this (403)."""
    return render(request, "403.html", status=403)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not there, or not for this reader to see (404)."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came in without the mark that its page was ours; `reason` is for the log alone."""
    return render(request, "403_csrf.html", status=403)


class WrongMethodPage:
    """Middleware: an address that was asked in a way that it does not know (405) gets a page too.

    Django's own answer is empty, and a person sees a blank screen who opens the address of a button.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response
