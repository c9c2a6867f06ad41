"""The launch, decisions, working rules, internal stakeholders."""

from django.urls import URLPattern, path

from alliances.views import decisions, launch, stakeholders, working_rules

urlpatterns: list[URLPattern] = [
    path("alliances/<int:pk>/launch/", launch.launch_page, name="launch"),
    path("alliances/<int:pk>/launch/lay-out/", launch.launch_lay_out, name="launch_lay_out"),
    path("alliances/<int:pk>/launch/new/", launch.launch_step_new, name="launch_step_new"),
    path("launch-steps/<int:pk>/edit/", launch.launch_step_edit, name="launch_step_edit"),
    path("launch-steps/<int:pk>/done/", launch.launch_step_done, name="launch_step_done"),
    path("launch-steps/<int:pk>/remove/", launch.launch_step_remove, name="launch_step_remove"),
    path("alliances/<int:pk>/decisions/", decisions.decisions_page, name="decisions"),
    path("alliances/<int:pk>/decisions/asked/", decisions.decisions_asked, name="decisions_asked"),
    path("alliances/<int:pk>/decisions/new/", decisions.decision_new, name="decision_new"),
    path("decisions/<int:pk>/edit/", decisions.decision_edit, name="decision_edit"),
    path("decisions/<int:pk>/remove/", decisions.decision_remove, name="decision_remove"),
    path("alliances/<int:pk>/working-rules/", working_rules.rules_page, name="working_rules"),
    path(
        "alliances/<int:pk>/working-rules/proposals/",
        working_rules.rules_take,
        name="working_rules_take",
    ),
    path(
        "alliances/<int:pk>/working-rules/agreed/",
        working_rules.rules_agree,
        name="working_rules_agree",
    ),
    path("alliances/<int:pk>/working-rules/new/", working_rules.rule_new, name="working_rule_new"),
    path("working-rules/<int:pk>/edit/", working_rules.rule_edit, name="working_rule_edit"),
    path("working-rules/<int:pk>/remove/", working_rules.rule_remove, name="working_rule_remove"),
    path("alliances/<int:pk>/stakeholders/", stakeholders.stakeholders_page, name="stakeholders"),
    path(
        "alliances/<int:pk>/stakeholders/new/", stakeholders.stakeholder_new, name="stakeholder_new"
    ),
    path("stakeholders/<int:pk>/edit/", stakeholders.stakeholder_edit, name="stakeholder_edit"),
    path(
        "stakeholders/<int:pk>/remove/", stakeholders.stakeholder_remove, name="stakeholder_remove"
    ),
]
