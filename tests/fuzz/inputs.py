"""One thing that is sent to the server, drawn at random: address, query, headers, cookies and body."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote_plus

from hypothesis import strategies as st

from tests.form_fields import Form
from tests.fuzz import values
from tests.fuzz.places import Place, quoted
from tests.test_nasty_forms import encoded

Pairs = list[tuple[str, str | bytes]]

URLENCODED = "application/x-www-form-urlencoded"
QUERIES = [
    *(
        "page",
        "kind",
        "with",
        "party",
        "check",
        "withdraw",
        "participant",
        "next",
        "lang",
        "person",
    ),
    *(
        "group",
        "since",
        "until",
        "bank",
        "rule",
        "like",
        "moved",
        "language",
        "q",
        "o",
        "p",
        "e",
        "all",
    ),
    *(
        "_popup",
        "_to_field",
        "_changelist_filters",
        "is_staff__exact",
        "user__id__exact",
        "role__in",
    ),
    *(
        "created_at__gte",
        "app_label",
        "model_name",
        "field_name",
        "term",
        "id__in",
        "pk",
        "password",
    ),
]
TYPES = [
    *(URLENCODED, "multipart/form-data", "application/json", "text/plain", "", ";", "text/html"),
    *(
        f"{URLENCODED}; charset={name}"
        for name in ("utf-16", "rot13", "hex", "zip", "x\0", "utf-8")
    ),
    *(
        f"text/html; charset={name}"
        for name in ("rot13", "base64", "utf-7", "idna", "latin-1", "none")
    ),
    *("multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 400),
    "multipart/form-data; boundary=x; charset=rot13",
    "multipart/form-data; boundary=x; charset=utf-16",
    "multipart/form-data; boundary*=utf-8''x%00",
]
HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": [
        "fr-CA,fr;q=2",
        "*",
        "x" * 6000,
        "fr;q=nan",
        "..",
        "fr\0",
        ",;q=",
        "zh-" * 40,
    ],
    "HTTP_ACCEPT": ["", "*/*;q=x", "application/json", "text/html;level=1;" * 50],
    "HTTP_X_FORWARDED_FOR": [
        "",
        "1.2.3.4",
        "::1, x",
        "1.2.3.4:99",
        "[::1]:8",
        "\0",
        ", ,",
        "::ffff:1.2.3.4%x",
    ],
    "HTTP_X_FORWARDED_PROTO": ["https", "javascript", ""],
    "HTTP_X_FORWARDED_HOST": ["example.org", "\0"],
    "HTTP_REFERER": [
        "http://[",
        "//",
        "https://example.org/",
        "javascript:x",
        "http://testserver:x/",
        "\0",
    ],
    "HTTP_ORIGIN": ["null", "http://[", "https://example.org", "\0"],
    "HTTP_IF_MODIFIED_SINCE": [
        "never",
        "Sat, 99 Foo 99999 99:99:99 GMT",
        "Mon, 01 Jan 0000 00:00:00 GMT",
    ],
    "HTTP_IF_NONE_MATCH": ['"', "*", 'W/"x', '"' * 3000],
    "HTTP_RANGE": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=x", "bytes=" + "0-1," * 500],
    "HTTP_SEC_PURPOSE": ["prefetch"],
    "HTTP_HX_REQUEST": ["true", "\0"],
    "HTTP_HX_CURRENT_URL": ["http://[", "\0", "//"],
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": ["true"],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_AUTHORIZATION": ["Basic !", "Bearer \0"],
    "HTTP_CONTENT_ENCODING": ["gzip"],
    "HTTP_USER_AGENT": ["", "x" * 6000, "\0ä"],
    "HTTP_EXPECT": ["100-continue"],
    "CONTENT_LENGTH": ["", "x", "-1", "0", "1e3"],
}
COOKIES = ["sessionid", "csrftoken", "django_language", "messages", "nb_appraisal", "nb_r", "nb_l"]
JUNK = [
    *(
        "",
        "x",
        "a" * 32,
        "fr",
        "1~~",
        "1~en~4.4",
        "~" * 50,
        "9" * 400 + "~fr~1",
        "1~\0~1",
        '"',
        '"\\400"',
    ),
    *("é", "x" * 3500, "1~en~" + "9." * 1500, "[[]]", "W1td:1", "%00", "\\000", "a=b; c", "2~fr~²"),
    # a message as Django writes it, with a signature that is none
    '["__json_message",0,25,"<b>x</b>"]:1abcde:xyz',
]

marks = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=60)
"""What a header may hold, as a server gives it: Latin-1."""


@dataclass(frozen=True)
class Sent:
    """All of one request; `path` and `query` as they stand in its first line."""

    role: str
    method: str
    path: str
    query: str = ""
    body: bytes = field(default=b"", repr=False)
    content_type: str = URLENCODED
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    lacks_csrf: bool = False
    proxies: int = 0

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def __repr__(self) -> str:
        shown = f"{self.role}: {self.method} {self.address[:300]} {self.content_type[:99]!r}"
        return f"<{shown} {self.headers} {self.cookies} {self.body[:1500]!r}>"


@st.composite
def requests(
    draw: st.DrawFn, *, place: Place, role: str, path: str, forms: list[Form], known: Pairs
) -> Sent:
    """Something for `place`, which stands at `path` and shows these `forms` to that role; `known` is what
    it is sent where it shows none. Half of what is drawn sends a form."""
    odd = draw(st.integers(0, 3)) == 0
    headers, cookies = (draw(odd_headers()), draw(odd_cookies(path))) if odd else ({}, {})
    common = {
        "role": role,
        "headers": headers,
        "cookies": cookies,
        "lacks_csrf": draw(st.integers(0, 9)) == 9,
        "proxies": draw(st.sampled_from([0, 0, 0, 1, 2])) if odd else 0,
    }
    posted = [form for form in forms if form.method == "post"]
    if (posted or known) and draw(st.integers(0, 3)) > 0:
        form = draw(st.sampled_from(posted)) if posted else known_form(known)
        return Sent(
            method="POST",
            path=(form.action or path).partition("?")[0],
            query=(form.action or path).partition("?")[2],
            **draw(filled(form)),
            **common,
        )
    gotten = [form for form in forms if form.method == "get"]
    if place.has_arguments and draw(st.booleans()):
        path = quoted(place.filled(lambda: draw(values.arguments)))
    method = draw(
        st.sampled_from(["GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "OPTIONS", "TRACE"])
    )
    names = [name for form in gotten for name in form.fields]
    query = draw(queries(names)) if names or draw(st.booleans()) else ""
    sent = draw(junk_bodies()) if method in {"POST", "PUT"} else {}
    if odd and not sent:
        sent = {"content_type": draw(st.sampled_from(TYPES))}
    return Sent(method=method, path=path, query=query, **sent, **common)


def known_form(known: Pairs) -> Form:
    """A form of fields that no page shows."""
    return Form("post", "", False, buttons=[(name, str(value)) for name, value in known])


@st.composite
def queries(draw: st.DrawFn, names: list[str]) -> str:
    """What stands behind the question mark: names that our pages know, with anything."""
    known = st.sampled_from([*names, *names, *QUERIES])
    pairs = draw(
        st.lists(st.tuples(st.one_of(known, known, values.texts), values.fields), max_size=4)
    )
    parts = [
        quote_plus(name)
        + "="
        + (told.decode() if isinstance(told, bytes) else quote_plus(told[:3000]))
        for name, told in pairs
    ]
    return draw(st.sampled_from(["&", "&", "&&", ";"])).join(parts)


@st.composite
def spoilt(draw: st.DrawFn, form: Form) -> Pairs:
    """What `form` sends, with some of it left out, doubled, or told anew."""
    pairs: Pairs = [(name, value) for name, field in form.fields.items() for value in field.sound]
    pairs += [draw(st.sampled_from(form.buttons))] if form.buttons else []
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(pairs) - 1)) if pairs else -1
        way = draw(st.sampled_from(["anew", "anew", "anew", "missing", "twice", "more"]))
        if way == "more" or not pairs:
            pairs.append(
                (draw(st.one_of(st.sampled_from(QUERIES), values.texts)), draw(values.fields))
            )
        elif way == "anew":
            pairs[at] = (pairs[at][0], draw(values.fields))
        elif way == "missing":
            del pairs[at]
        else:
            pairs.append((pairs[at][0], draw(values.fields)))
    if draw(st.integers(0, 9)) == 0:
        told = draw(values.fields)
        pairs = [(name, told) for name, _value in pairs]
    return pairs


@st.composite
def filled(draw: st.DrawFn, form: Form) -> dict[str, object]:
    """Body and type of what `form` sends."""
    pairs = draw(spoilt(form))
    files = [name for name, field in form.fields.items() if field.kind == "file"]
    pairs = [(name, value) for name, value in pairs if name not in files or draw(st.booleans())]
    if not form.is_multipart and draw(st.integers(0, 9)):
        return {"body": encoded(pairs)}
    uploads = [
        (name, *draw(values.files())) for name in files or draw(st.sampled_from([[], ["file"]]))
    ]
    body = b""
    for name, value in pairs:
        raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        body += part(f'name="{bare(name)}"', raw)
    for name, title, content in uploads:
        body += part(
            f'name="{bare(name)}"; filename="{bare(title)}"\r\nContent-Type: text/plain', content
        )
    return {"body": body + b"--x--\r\n", "content_type": "multipart/form-data; boundary=x"}


def part(about: str, content: bytes) -> bytes:
    """One part of a body in parts, whose border is `x`."""
    head = f"--x\r\nContent-Disposition: form-data; {about}\r\n\r\n"
    return head.encode("utf-8", "surrogatepass") + content + b"\r\n"


def bare(name: str) -> str:
    """`name` without what would end it before its time."""
    return name.replace("\r", "").replace("\n", "").replace('"', "")


@st.composite
def junk_bodies(draw: st.DrawFn) -> dict[str, object]:
    """A body that belongs to no form, and what it says that it is."""
    pairs = st.lists(st.tuples(st.sampled_from(QUERIES), values.fields), max_size=3).map(encoded)
    whole = st.sampled_from(
        [
            *(b"a=b&" * 5001, b"x" * (4 * 1024 * 1024 + 1), b"--x\r\n\r\n", b"--x", b"&=&", b"%"),
            part('name="a"', b"b"),
            part('filename="a"', b"b") * 3 + b"--x--",
            part('name="a"; filename="b"\r\nContent-Transfer-Encoding: base64', b"!!!=") + b"--x--",
            part("name=a; name*=rot13''x%ff; filename*=hex''00", b"b") + b"--x--",
            b"--x\r\n" + b"A: b\r\n" * 3000 + b"\r\n\r\n--x--",
        ]
    )
    texts = st.sampled_from(values.DATA).map(lambda told: told.encode("utf-8", "surrogatepass"))
    return {
        "body": draw(st.one_of(pairs, whole, texts, st.binary(max_size=200))),
        "content_type": draw(
            st.one_of(st.sampled_from(TYPES), st.just("multipart/form-data; boundary=x"))
        ),
    }


@st.composite
def odd_headers(draw: st.DrawFn) -> dict[str, str]:
    """Up to three headers, with what no browser sends. A server gives them as Latin-1."""
    names = draw(st.lists(st.sampled_from(list(HEADERS)), max_size=3, unique=True))
    found = {}
    for name in names:
        listed = st.sampled_from(HEADERS[name])
        # A server reads no more than the length says: one that is too large is its affair.
        found[name] = draw(listed if name == "CONTENT_LENGTH" else st.one_of(listed, listed, marks))
    return found


@st.composite
def odd_cookies(draw: st.DrawFn, path: str) -> dict[str, str]:
    """Up to two of our cookies, with what we never put there; those of a round by the number in `path`."""
    number = "".join(mark for mark in path if mark.isdigit())
    found = {}
    for name in draw(st.lists(st.sampled_from(COOKIES), max_size=2, unique=True)):
        of_round = name in {"nb_r", "nb_l"}
        found[name + (number if of_round else "")] = draw(st.one_of(st.sampled_from(JUNK), marks))
    return found
