"""The forms about what goes into the alliance, what it costs, what is expected of it and measured."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm, field_of
from alliances.forms.numbers import NumberField
from alliances.forms.records import Beside, RecordForm
from alliances.models import (
    Contribution,
    ExpectedValue,
    Metric,
    Participant,
    Reading,
    Receipt,
    RunningCost,
)
from alliances.services import figures
from alliances.services.expected_values import (
    MEANINGS,
    NOTE_LIMIT,
    StoredValues,
    ValuesOvertaken,
)
from alliances.services.overview import AT_THE_TABLE
from alliances.services.text_difference import difference

CENT = Decimal("0.01")


class CountedForm(RecordForm):
    """A record's form whose numbers are typed as people write them. `units` may stand behind them."""

    least: Decimal | None = None

    @property
    def units(self) -> tuple[str, ...]:
        return (self.alliance.currency,)

    def field_for(self, name: str) -> forms.Field:
        column = self.model._meta.get_field(name)
        if not isinstance(column, models.DecimalField):
            return super().field_for(name)
        assert column.max_digits is not None  # noqa: S101 - no column of ours is without either
        assert column.decimal_places is not None  # noqa: S101 - likewise
        return NumberField(
            label=column.verbose_name,
            help_text=column.help_text,
            required=not column.null,
            whole=column.max_digits - column.decimal_places,
            decimals=column.decimal_places,
            least=self.least,
            units=self.units,
        )

    def words(self, name: str, value: Any) -> str:
        if isinstance(value, Decimal):
            return figures.number(value)
        return super().words(name, value)


class ContributionForm(CountedForm):
    """A pledge."""

    model = Contribution
    columns: tuple[str, ...] = ("kind", "what", "amount", "pledged_on", "due_on", "note")
    heights = {"note": 3}
    least = CENT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "amount" in self.fields:
            self.fields["amount"].label = _("How much")

    @property
    def units(self) -> tuple[str, ...]:
        return (self.alliance.currency, str(_("days")), str(_("day")))

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["what"].help_text = _("In a line, such as: two engineers from May to July.")
        if "amount" not in self.fields:
            return
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind"), choices=Contribution.Kind.choices, widget=forms.RadioSelect
        )
        self.fields["amount"].help_text = _(
            "Money, and what a thing in kind is worth, in %(currency)s; time in days. "
            "Influence is not counted: leave it empty."
        ) % {"currency": self.alliance.currency}
        self.fields["due_on"].help_text = _(
            "The day by which it should have arrived. Without one it is never late."
        )


class ContributionWordsForm(ContributionForm):
    """What its organisation may still change of a pledge once it is settled."""

    columns: tuple[str, ...] = ("what", "note")


class NewContributionForm(ContributionForm):
    """The same for one that is pledged now by one's own organisation."""

    save_label = _("Record the pledge")


class ConvenersContributionForm(NewContributionForm):
    """The same for a convener, who says whose it is."""

    columns: tuple[str, ...] = ("participant", *ContributionForm.columns)

    def field_for(self, name: str) -> forms.Field:
        if name != "participant":
            return super().field_for(name)
        return field_of(
            self.model,
            name,
            label=_("Organisation"),
            queryset=Participant.objects.filter(alliance=self.alliance, status__in=AT_THE_TABLE),
        )


class ReceiptForm(CountedForm):
    """What arrived of a pledge that is counted in the currency."""

    model = Receipt
    columns: tuple[str, ...] = ("on", "amount", "note")
    least = CENT
    save_label = _("Record it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "amount" in self.fields:
            self.fields["amount"].label = _("How much")

    def add_fields(self) -> None:
        super().add_fields()
        if "amount" in self.fields:
            self.fields["amount"].required = True
            self.fields["amount"].help_text = _("In %(currency)s.") % {
                "currency": self.alliance.currency
            }


class TimeReceiptForm(ReceiptForm):
    """What arrived of a pledge of time."""

    @property
    def units(self) -> tuple[str, ...]:
        return (str(_("days")), str(_("day")))

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["amount"].help_text = _("In days; half a day is 0.5.")


class InfluenceReceiptForm(ReceiptForm):
    """How influence showed; it is not counted."""

    columns: tuple[str, ...] = ("on", "note")


RECEIPT_FORMS: dict[str, type[ReceiptForm]] = {
    Contribution.Kind.MONEY.value: ReceiptForm,
    Contribution.Kind.IN_KIND.value: ReceiptForm,
    Contribution.Kind.TIME.value: TimeReceiptForm,
    Contribution.Kind.INFLUENCE.value: InfluenceReceiptForm,
}
"""The form of a receipt by the kind of its contribution."""


class CostForm(CountedForm):
    """What it costs to run the alliance, for a stretch of time."""

    model = RunningCost
    columns: tuple[str, ...] = ("what", "amount", "begins_on", "ends_on")
    least = CENT

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["what"].help_text = _("In a line, such as: the secretary’s pay.")
        self.fields["amount"].help_text = _(
            "In %(currency)s, for the whole stretch of time. It is spread evenly over its days."
        ) % {"currency": self.alliance.currency}
        self.fields["ends_on"].help_text = _("This day and the first one count too.")


class NewCostForm(CostForm):
    """The same for a new one."""

    save_label = _("Record the cost")


class MetricForm(CountedForm):
    """What is measured, and what it is to reach."""

    model = Metric
    columns: tuple[str, ...] = ("kind", "name", "unit", "better", "target", "due_on", "note")
    heights = {"note": 3}

    @property
    def units(self) -> tuple[str, ...]:
        typed = self.data.get("unit", "") if self.is_bound else ""
        return (str(typed).strip(), "%")

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind"), choices=Metric.Kind.choices, widget=forms.RadioSelect
        )
        self.fields["better"] = forms.ChoiceField(
            label=_("Which way is better"),
            choices=Metric.Better.choices,
            widget=forms.RadioSelect,
            initial=Metric.Better.HIGHER,
        )
        self.fields["target"].help_text = _("A number, such as 12.5 or 1,200.")


class NewMetricForm(MetricForm):
    """The same for a new one."""

    save_label = _("Add the metric")


class ReadingForm(CountedForm):
    """What a metric read on a day. `unit` is the metric's."""

    model = Reading
    columns: tuple[str, ...] = ("on", "value", "note")
    save_label = _("Record it")

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)

    @property
    def units(self) -> tuple[str, ...]:
        return (self.unit,)

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["value"].help_text = (
            _("In %(unit)s.") % {"unit": self.unit}
            if self.unit
            else _("A number, such as 12.5 or 1,200.")
        )


class ExpectedValuesForm(HouseForm):
    """The thirteen kinds as boxes to tick, with a line each.

    `stored` is the set as it is now; the hidden `seen` says which set one began from.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stored: StoredValues, **kwargs: Any) -> None:
        self.is_overtaken = False
        self.beside: list[Beside] = []
        initial: dict[str, Any] = {"seen": stored.digest}
        for code, note in stored.notes.items():
            initial |= {f"{code}-named": True, f"{code}-note": note}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for kind in ExpectedValue.Kind:
            self.fields[f"{kind.value}-note"].label = _("How it would show (optional)")

    def add_fields(self) -> None:
        for kind in ExpectedValue.Kind:
            self.fields[f"{kind.value}-named"] = forms.BooleanField(
                label=MEANINGS[kind], required=False
            )
            self.fields[f"{kind.value}-note"] = forms.CharField(
                required=False, max_length=NOTE_LIMIT
            )

    def layout(self) -> list[Any]:
        return [
            "seen",
            *(
                Fieldset(
                    str(kind.label),
                    Div(f"{kind.value}-named", f"{kind.value}-note", css_class="nb-pair"),
                    css_class="nb-kind",
                )
                for kind in ExpectedValue.Kind
            ),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in ExpectedValue.Kind:
            if cleaned.get(f"{kind.value}-note") and not cleaned.get(f"{kind.value}-named"):
                self.add_error(
                    f"{kind.value}-note",
                    _("You wrote a line and did not tick the box. Tick it, or clear the line."),
                )
        return cleaned

    @property
    def notes(self) -> dict[str, str]:
        """Notes of the kinds that are ticked, by code."""
        return {
            kind.value: self.cleaned_data[f"{kind.value}-note"]
            for kind in ExpectedValue.Kind
            if self.cleaned_data[f"{kind.value}-named"]
        }

    def overtaken(self, overtaken: ValuesOvertaken) -> None:
        """Shows what is stored beside what was written; saving again then puts this in its place."""
        current, written = overtaken.current, StoredValues(self.notes)
        self.is_overtaken = True
        for kind in ExpectedValue.Kind:
            before, after = _in_words(current, kind), _in_words(written, kind)
            if before != after:
                label = capfirst(str(kind.label))
                self.beside.append(Beside(label, before, after, difference(before, after)))
        self.send_back(seen=current.digest)
        self.refuse(overtaken)


def _in_words(values: StoredValues, kind: ExpectedValue.Kind) -> str:
    """Whether a kind is named, and with which line."""
    if kind.value not in values.notes:
        return ""
    return values.notes[kind.value] or str(_("named"))
