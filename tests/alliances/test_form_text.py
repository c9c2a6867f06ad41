"""Names and units that people choose stay text in a form's buttons and helps, whatever they look like."""

from __future__ import annotations

import html

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from alliances.forms.charter_signing import CirculateForm
from alliances.models import Metric
from tests.alliances.charter.worlds import add_party, make_charter
from tests.alliances.conftest import House

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "{{ form.participant.alliance.name }}",
        "{% include 'base.html' %}",
        "{% nonsense %}",
        "{{ x|nonsense }}",
        "{# unseen #}",
        "{organisation} & %(organisation)s <b>",
    ],
)
def test_the_button_to_sign_shows_the_organisations_name_as_it_is(name: str) -> None:
    """A template there would show what nobody may read, such as a purpose not yet revealed."""
    made = make_charter(1, circulated=False)
    add_party(made, "Birch")
    made.parties[0].name = name
    made.parties[0].save()
    client = Client()
    client.force_login(made.convener)
    page = client.get(reverse("charter_circulate", args=[made.version.pk]))
    client.post(
        reverse("charter_circulate", args=[made.version.pk]),
        {"digest": page.context["frozen"].digest},
    )
    client.force_login(made.users[0])
    page = client.get(reverse("charter_sign", args=[made.version.pk]))
    assert page.status_code == 200
    assert f'value="Sign for {html.escape(name)}"' in page.content.decode()


def test_a_metrics_unit_is_text_in_the_help(house: House, convener: Client) -> None:
    metric = Metric.objects.create(
        alliance=house.alliance, kind="means", name="Days", unit="<b onclick=x>d"
    )
    page = convener.get(reverse("reading_new", args=[metric.pk])).content.decode()
    assert "In &lt;b onclick=x&gt;d." in page
    assert "<b onclick" not in page


def test_a_field_is_of_the_kind_that_is_asked_for() -> None:
    form = CirculateForm(has_gaps=False)
    assert form.field_as(forms.CharField, "digest") is form.fields["digest"]
    with pytest.raises(TypeError, match="digest is no ChoiceField"):
        form.field_as(forms.ChoiceField, "digest")
