"""A draft's further languages: which texts are missing, and the texts, part by part."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.services.languages import language_name
from alliances.views.pages import UNPROCESSABLE, posted, user_of
from alliances.views.record_pages import CONFLICT
from assessments.forms.banks.languages import NewLanguageForm, TranslationForm
from assessments.services.banks.languages import (
    Retranslated,
    parts_in,
    remove_language,
    translate_part,
)
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import made_from
from assessments.services.banks.translations import LANGUAGE
from assessments.views.banks.pages import WRITE, asked_first, curators, draft_of, page_of


@curators
@require_http_methods(WRITE)
def bank_languages(request: HttpRequest, pk: int) -> HttpResponse:
    """Each language with what it lacks; a further one begins here."""
    draft = draft_of(pk)
    document = document_of(draft, draft=True)
    form = NewLanguageForm(posted(request), own=document.language, back=page_of(draft))
    if request.method == "POST" and form.is_valid():
        return redirect("bank_translate", draft.pk, form.cleaned_data["language"], 0)
    before = made_from(document)
    names = [_("The bank as a whole"), *(dimension.title for dimension in document.dimensions)]
    context = {
        "section": "banks",
        "bank": draft,
        "title": _("Languages"),
        "lead": _("What is missing in a language is read in the one that the bank is written in."),
        "languages": [
            (language, list(zip(names, parts_in(document, language, before), strict=True)))
            for language in document.languages[1:]
        ],
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "assessments/banks/languages.html", context, status=status)


@curators
@require_http_methods(WRITE)
def bank_language_remove(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Asks, then takes all texts in that language out of the draft."""
    draft = draft_of(pk)
    document = document_of(draft, draft=True)
    if not LANGUAGE.fullmatch(language) or language == document.language:
        raise Http404
    number = sum(len(part.translated) for part in parts_in(document, language))
    here = reverse("bank_languages", args=[draft.pk])
    return asked_first(
        request,
        bank=draft,
        title=_("Take %(language)s out of this draft?") % {"language": language_name(language)},
        consequences=[
            _(
                "Its texts in this draft are gone: %(number)d. Export the bank first, if they may be needed."
            )
            % {"number": number},
            _("Versions that are published keep them."),
        ],
        label=_("Take it out"),
        act=lambda: remove_language(bank=draft, language=language, by=user_of(request)),
        to=here,
        back=here,
        done=_("Removed."),
    )


@curators
@require_http_methods(WRITE)
def bank_translate(request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
    """The texts of one part beside their translations."""
    draft = draft_of(pk)
    document = document_of(draft, draft=True)
    parts = parts_in(document, language, made_from(document))
    if not LANGUAGE.fullmatch(language) or language == document.language or number >= len(parts):
        raise Http404
    here = reverse("bank_languages", args=[draft.pk])
    form = TranslationForm(posted(request), part=parts[number], language=language, back=here)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            translate_part(
                bank=draft,
                language=language,
                number=number,
                texts=form.texts,
                seen=form.cleaned_data["seen"],
                by=user_of(request),
            )
        except Retranslated as refusal:
            form.overtaken(refusal)
            status = CONFLICT
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            if number + 1 < len(parts):
                return redirect("bank_translate", draft.pk, language, number + 1)
            return HttpResponseRedirect(here)
    if status == 200 and form.errors:
        status = UNPROCESSABLE
    part = document.dimensions[number - 1].title if number else _("The bank as a whole")
    context = {
        "section": "banks",
        "bank": draft,
        "form": form,
        "title": _("%(part)s, in %(language)s")
        % {"part": part, "language": language_name(language)},
        "lead": _("Part %(number)d of %(all)d. Saving leads to the next.")
        % {"number": number + 1, "all": len(parts)},
    }
    return render(request, "assessments/banks/form.html", context, status=status)
