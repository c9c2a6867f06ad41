"""Working rules: the page that shows them, our proposals, and what changes them."""

from __future__ import annotations

import functools

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.conduct import AgreeForm, NewRuleForm, RuleForm, TakeOverForm
from alliances.models import WorkingRule
from alliances.permissions import may_edit_alliance, rows_convened
from alliances.services.counts import first_capital, in_words
from alliances.services.working_rules import (
    add_rule,
    agree_on,
    change_rule,
    open_proposals,
    read_rules,
    take_over,
)
from alliances.views.pages import (
    convened_alliance,
    form_page,
    posted,
    user_of,
    visible_alliance,
)
from alliances.views.record_pages import add_page, edit_page, remove_page


@login_required
@require_safe
def rules_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the parties agreed on, what is proposed, and what one can start from."""
    alliance = visible_alliance(request, pk)
    may_edit = may_edit_alliance(user_of(request), alliance)
    rules = read_rules(alliance=alliance)
    start = TakeOverForm(proposals=rules.proposals) if may_edit and rules.is_empty else None
    if start is not None:
        start.helper.form_action = reverse("working_rules_take", args=[alliance.pk])
    return render(
        request,
        "alliances/conduct/rules.html",
        {
            "alliance": alliance,
            "section": "records",
            "rules": rules,
            "may_edit": may_edit,
            "form": start,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Our proposals, to be taken over one by one or several at once."""
    alliance = convened_alliance(request, pk)
    back = reverse("working_rules", args=[alliance.pk])
    form = TakeOverForm(posted(request), proposals=open_proposals(alliance=alliance), back=back)
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_over(
                alliance=alliance,
                by=user_of(request),
                codes=form.marked,
                today=timezone.localdate(),
                agreed_on=form.cleaned_data["agreed_on"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                first_capital(
                    ngettext(
                        "%(count)s rule is taken over. Change its words where they do not fit.",
                        "%(count)s rules are taken over. Change their words where they do not fit.",
                        len(taken),
                    )
                    % {"count": in_words(len(taken))}
                )
                if taken
                else _("They are among your rules already."),
            )
            return redirect(back)
    return form_page(
        request,
        form,
        title=_("Rules to start from"),
        alliance=alliance,
        section="records",
        template="alliances/conduct/take.html",
        lead=_("Take what fits, and change the words afterwards."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Several proposed rules are agreed on, on one day."""
    alliance = convened_alliance(request, pk)
    back = reverse("working_rules", args=[alliance.pk])
    form = AgreeForm(
        posted(request),
        rules=read_rules(alliance=alliance).open,
        initial={"agreed_on": timezone.localdate()},
        back=back,
    )
    if request.method == "POST" and form.is_valid():
        try:
            agree_on(
                alliance=alliance,
                by=user_of(request),
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return form_page(
        request,
        form,
        title=_("Which rules did you agree on?"),
        alliance=alliance,
        section="records",
        template="alliances/conduct/take.html",
        lead=_("All parties together, in a meeting or by letter."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule in the alliance's own words."""
    alliance = convened_alliance(request, pk)
    return add_page(
        request,
        NewRuleForm,
        alliance=alliance,
        title=_("A working rule"),
        to=_to_rules,
        back=reverse("working_rules", args=[alliance.pk]),
        save=functools.partial(
            add_rule, alliance=alliance, by=user_of(request), today=timezone.localdate()
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule, what it means, when it was agreed."""
    rule = _editable(request, pk)
    return edit_page(
        request,
        RuleForm,
        record=rule,
        alliance=rule.alliance,
        title=_("A working rule"),
        to=_to_rules,
        back=_to_rules(rule),
        save=functools.partial(
            change_rule, rule=rule, by=user_of(request), today=timezone.localdate()
        ),
        removal=reverse("working_rule_remove", args=[rule.pk]),
        removal_label=_("Remove this rule"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes a rule."""
    rule = _editable(request, pk)
    return remove_page(
        request,
        record=rule,
        alliance=rule.alliance,
        title=_("Remove this rule?"),
        consequences=[
            rule.text,
            _("What it means in practice, and the day on which it was agreed, are deleted."),
        ],
        label=_("Remove the rule"),
        back=reverse("working_rule_edit", args=[rule.pk]),
        to=_to_rules(rule),
    )


def _to_rules(rule: WorkingRule) -> str:
    return reverse("working_rules", args=[rule.alliance_id])


def _editable(request: HttpRequest, pk: int) -> WorkingRule:
    rows = rows_convened(WorkingRule.objects.all(), user_of(request), "alliance")
    rule: WorkingRule = get_object_or_404(rows.select_related("alliance"), pk=pk)
    return rule
