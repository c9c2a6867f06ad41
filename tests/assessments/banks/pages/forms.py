"""What these pages say and send."""

from __future__ import annotations

from typing import Any

from tests.form_fields import forms_of


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def fields(answer: Any, index: int = 0) -> dict[str, str]:
    """What the page's form would send as it stands."""
    form = [form for form in forms_of(answer.content.decode()) if form.method == "post"][index]
    return {
        name: (field.chosen or [*field.options, ""])[0]
        if field.kind in {"radio", "checkbox", "select"}
        else field.value
        for name, field in form.fields.items()
        if field.chosen or field.kind not in {"radio", "checkbox"}
    }
