"""Whatever valid document is published, page and report can be made from it."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessments.reports.report import make_report
from assessments.reports.scorecard import DENSITIES, asks
from assessments.reports.table import result_table

from .documents import CODES, STATEMENTS, band, bank_texts, document, element, question_code

TEXTS = bank_texts()
figures = st.integers(0, 10000).map(lambda n: n / 100)
signed = st.integers(-10000, 10000).map(lambda n: n / 100)
# What somebody called None is no slip of ours; the words of a program's own texts are tried too.
names = st.text(max_size=120).filter(lambda text: text.strip() != "None")


@st.composite
def questions(draw: st.DrawFn, code: str, shown: bool) -> list[dict[str, Any]]:
    made = []
    for number in range(1, len(STATEMENTS) + 1):
        withheld = not shown or draw(st.booleans())
        told = not withheld and draw(st.booleans())
        made.append(
            {
                "code": question_code(code, number),
                "mean": draw(st.integers(100, 500)) / 100 if told else None,
                "people": None if withheld else draw(st.integers(5, 400)),
                "withheld": withheld,
            }
        )
    return made


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    states = draw(st.lists(st.sampled_from(["met", "partly", "not", "n/a"]), max_size=5))
    counted = any(state != "n/a" for state in states)
    return {
        "score": draw(figures) if counted else None,
        "checks": [
            {
                "code": f"c{n}",
                "label": draw(names),
                "state": s,
                "points": n + 1,
                "fact": draw(names),
            }
            for n, s in enumerate(states)
        ],
    }


@st.composite
def elements(draw: st.DrawFn, code: str, open_: bool, organisations: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["told", "told", "withheld", "none", "extreme"]))
    if kind == "extreme":
        score: float | None = draw(st.sampled_from([5, 95]))
    else:
        score = draw(figures) if kind == "told" else None
    agreement = kind == "told" and draw(st.booleans())
    made = element(
        code,
        score,
        extreme=kind == "extreme",
        withheld=kind == "withheld",
        band=band(score),
        rwg=draw(st.integers(0, 100)) / 100 if agreement else None,
        ad=draw(st.integers(0, 200)) / 100 if agreement else None,
        agreed=draw(st.booleans()) if agreement else None,
        people=None if kind == "withheld" else draw(st.integers(0, 400)),
        organisations=None if kind == "withheld" else draw(st.integers(0, 300)),
        dont_know=None if kind == "withheld" else draw(st.none() | st.just(0.25)),
        low=None if kind == "withheld" else draw(figures),
        high=None if kind == "withheld" else draw(figures),
        forecast=draw(st.none() | signed) if score is not None else None,
        records=draw(records()),
        questions=draw(questions(code, kind == "told")),
    )
    if open_:
        made["by_organisation"] = [
            {"organisation": name, "score": draw(st.none() | figures)} for name in organisations
        ]
    return made


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Any] | None:
    if draw(st.booleans()):
        return None
    made = []
    for code in CODES:
        pairs = draw(st.none() | st.integers(0, 300))
        enough = pairs is not None and pairs >= 5
        made.append(
            {
                "code": code,
                "previous": draw(st.none() | figures),
                "difference": draw(st.none() | signed),
                "pairs": pairs,
                "paired_difference": draw(signed) if pairs else None,
                "low": draw(signed) if enough else None,
                "high": draw(signed) if enough else None,
                "more_than_noise": draw(st.booleans()) if enough else None,
            }
        )
    return {
        "since": {"round": draw(names), "closed_at": "2026-03-12T17:00:00+00:00"},
        "elements": made,
    }


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    open_ = draw(st.booleans())
    organisations = draw(st.lists(names.filter(bool), max_size=3, unique=True))
    made = document([draw(elements(code, open_, organisations)) for code in CODES])
    roster = draw(st.integers(1, 300))
    made |= {
        "alliance": draw(names),
        "round": draw(names),
        "mode": "open" if open_ else "confidential",
        "roster": {"organisations": roster, "people": draw(st.integers(roster, 400))},
        "responses": {
            "organisations": draw(st.integers(0, roster)),
            "people": draw(st.integers(0, 400)),
        },
        "index": draw(st.none() | figures),
        "change": draw(changes()),
    }
    made["verdict"]["firm"] = draw(st.booleans())
    return made


# A document is long; shrinking one takes minutes and tells little more.
@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(published=documents(), said=st.lists(names, max_size=6))
def test_any_valid_document_makes_a_page_a_report_and_a_table(
    published: dict[str, Any], said: list[str]
) -> None:
    comments = {CODES[0]: [{"text": text, "organisation": text} for text in said]}
    report = make_report(published, TEXTS, comments=comments)
    assert len(report.facts) == 4
    assert 1 <= len(report.standfirst) <= 2
    assert all(report.standfirst)
    page = render_to_string(
        "assessments/results/result.html", {"report": report, "round": _Numbered()}
    )
    paper = render_to_string("reports/report.html", {"report": report})
    for density in DENSITIES:
        render_to_string(
            "reports/scorecard.html",
            {"report": report, "density": density, "asks": asks(report, density)},
        )
    assert result_table(published, {}).count("formal-charter,") >= 1
    for drawn in (page, paper):
        assert ">None<" not in drawn
        assert 'cx=""' not in drawn
        assert 'style="' not in drawn
    # A withheld element has no mark anywhere.
    for entry in published["elements"]:
        if entry["withheld"]:
            assert f'id="t-{entry["code"]}"' not in page


class _Numbered:
    pk = 1
