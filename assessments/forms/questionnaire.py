"""One page of the questionnaire as a form."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.services.answering import COMMENT_LENGTH, read_comment
from assessments.services.questionnaire import Element


def field_name(code: str) -> str:
    """The name of a question's field, which is its id on the page too.

    The prefix keeps codes out of the way of what else has a name or an id there: a bank may call a
    question `comment` or `go`.
    """
    return f"q-{code}"


class ElementForm(forms.Form):
    """The questions of one element, each by `field_name` of its code, and `comment`, if that is asked.

    All may stay open. What is right is in `cleaned_data` even where something else is wrong, so
    that it can be saved.
    """

    def __init__(
        self, *args: Any, element: Element, with_comment: bool = True, **kwargs: Any
    ) -> None:
        self.element = element
        self.items = {field_name(item.code): item for item in element.items}
        initial = {name: item.answer for name, item in self.items.items()}
        kwargs.setdefault("initial", initial | {"comment": element.comment})
        super().__init__(*args, **kwargs)
        for name, item in self.items.items():
            self.fields[name] = forms.ChoiceField(
                label=item.text,
                required=False,
                choices=[(option.value, option.label) for option in [*item.scale, *item.apart]],
                error_messages={
                    "invalid_choice": _(
                        "That is not one of the answers to this question. Choose one of those shown."
                    )
                },
            )
        if with_comment:
            # Its length is checked by `read_comment`, which counts a line's end once.
            self.fields["comment"] = forms.CharField(
                label=_("Anything to add?"), required=False, widget=forms.Textarea
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form tag holds it
        self.helper.layout = Layout(
            *(Part(name, "question.html") for name in self.items),
            *([Part("comment", "comment.html")] if with_comment else []),
        )

    def clean_comment(self) -> str:
        try:
            return read_comment(self.cleaned_data["comment"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def given_answers(self) -> dict[str, str]:
        """The right answers among those that were sent, by question code."""
        return {
            item.code: given
            for name, item in self.items.items()
            if (given := self.cleaned_data.get(name))
        }

    def given_comment(self) -> str | None:
        """The comment as it is to be kept; None where none was sent or it is wrong."""
        if self.add_prefix("comment") not in self.data:
            return None
        comment: str | None = self.cleaned_data.get("comment")
        return comment


class Part(LayoutObject):
    """A field of ElementForm in the layout, drawn by a template of the questionnaire's own."""

    def __init__(self, name: str, template: str) -> None:
        self.name = name
        self.template = f"assessments/questionnaire/{template}"

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        form.rendered_fields.add(self.name)
        return render_to_string(
            self.template,
            {
                "field": form[self.name],
                "item": form.items.get(self.name),
                "total": len(form.items),
                "round": context.get("round"),
                "visit": context.get("visit"),
                "k": context.get("k"),
                "limit": COMMENT_LENGTH,
            },
        )
