"""Django’s admin: its door is the common login, and whoever is no staff finds nothing behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """An address, with what is answered to an admin by GET (and HEAD), by POST (sent empty), by all other
    methods, which Django takes as GET but where it says 405, and by OPTIONS. Then what all methods answer to
    staff without a permission (*operator*), and to staff who may write question banks (*clerk*): "as
    admin", or the one answer."""

    path: str
    get: str
    post: str
    other: str
    options: str
    operator: str
    clerk: str

    def expected(self, role: str, method: str) -> str:
        told = {"operator": self.operator, "clerk": self.clerk}.get(role, "as admin")
        if told != "as admin":
            return told
        by = {"GET": self.get, "HEAD": self.get, "POST": self.post, "OPTIONS": self.options}
        return by.get(method, self.other)


def page(
    path: str,
    get: str,
    post: str,
    staff: str,
    *,
    other: str = "",
    options: str = "",
    clerk: str = "",
) -> Page:
    """`staff`: what operator and clerk are told; `clerk`, where it is another thing."""
    return Page(path, get, post, other or get, options or get, staff, clerk or staff)


ALIKE = "as admin"

# By pattern. Banks and rounds are read there and never written; answers, comments and links have no page.
ADMIN: dict[str, Page] = {
    "": page("", "200", "200", ALIKE),
    "login/": page("login/", "302", "302", ALIKE),
    "logout/": page("logout/", "405", "302", ALIKE, options="200"),
    "password_change/": page("password_change/", "302", "302", ALIKE),
    "password_change/done/": page("password_change/done/", "200", "405", ALIKE, other="405"),
    # asked without saying for which field
    "autocomplete/": page("autocomplete/", "403", "405", ALIKE, other="405", options="200"),
    "jsi18n/": page("jsi18n/", "200", "405", ALIKE, other="405"),
    "r/<path:content_type_id>/<path:object_id>/": page("r/999/1/", "404", "404", ALIKE),
    # an app in which one may read nothing is none
    "<app_label>/": page("alliances/", "200", "200", "404"),
    "(?P<url>.*)$": page("nothing-here", "404", "404", ALIKE),
    "alliances/user/<id>/password/": page("alliances/user/{user}/password/", "200", "200", "403"),
}
# By the end of the path: GET and POST to an admin, then what staff is told.
KEPT = {
    "": "200 200 403",
    "add/": "200 200 403",
    "history/": "200 200 403",
    "delete/": "200 200 403",
    "change/": "200 200 403",
}
READ = {
    "": "200 200 403",
    "add/": "403 403 403",
    "history/": "200 200 403",
    "delete/": "403 403 403",
    "change/": "200 403 403",
}
# No e-mail address is recorded by allauth in this world: an unknown one leads back to the index. Django
# looks at the history before it looks at the permission.
UNKNOWN = {
    "": "200 200 403",
    "add/": "200 200 403",
    "history/": "302 302 302",
    "delete/": "302 302 403",
    "change/": "302 302 403",
}
# Nobody of this world has a second factor. An admin takes one off, and neither adds nor changes one.
GONE = UNKNOWN | {"add/": "403 403 403", "change/": "302 403 403"}
for model, kind, pages in (
    ("alliances/user", "user", KEPT),
    ("alliances/alliance", "alliance", KEPT),
    ("alliances/membership", "membership", KEPT),
    ("assessments/bank", "bank", READ),
    ("assessments/round", "open", READ),
    ("account/emailaddress", "user", UNKNOWN),
    ("mfa/authenticator", "user", GONE),
):
    for end, expected in pages.items():
        get, post, staff = expected.split()
        whole = end in ("", "add/")
        ADMIN[f"{model}/{end}" if whole else f"{model}/<path:object_id>/{end}"] = page(
            f"{model}/{end}" if whole else f"{model}/{{{kind}}}/{end}",
            get,
            post,
            staff,
            clerk=ALIKE if model == "assessments/bank" else "",
        )
    # the short address of an object leads to its page
    ADMIN[f"{model}/<path:object_id>/"] = page(f"{model}/{{{kind}}}/", "302", "302", ALIKE)
