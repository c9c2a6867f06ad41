"""The names of our addresses, by what they lead to."""

from __future__ import annotations

import alliances.urls
import assessments.urls

FILES = {
    "appraisal_pdf",
    "audit_table",
    "bank_export",
    "bank_paper",
    "bank_statistics_table",
    "certificate_pdf",
    "charter_pdf",
    "charter_text",
    "installation_audit_table",
    "own_answers_csv",
    "own_answers_json",
    "own_data_json",
    "own_result_pdf",
    "report_pdf",
    "result_csv",
    "result_json",
    "scorecard_pdf",
}
PRESSES = {
    "action_done",
    "action_drop",
    "action_reopen",
    "bank_move",
    "bank_next",
    "charter_hints",
    "own_sessions_end",
    "questionnaire_forget",
    "questionnaire_own",
    "questionnaire_save",
    "questionnaire_submit",
}
"""Of these, answers to a press alone."""
MACHINES = {"healthz", "security_txt"}
NO_PAGES = FILES | PRESSES | MACHINES

OF_RESPONDENTS = {
    "link",
    "questionnaire",
    "questionnaire_data",
    "questionnaire_delete",
    "questionnaire_done",
    "questionnaire_page",
    "questionnaire_result",
    "questionnaire_review",
}
"""Pages of who answers by a link."""
OF_WHOEVER = {"appraisal", "appraisal_page", "appraisal_result"}
"""Pages of who is invited, and has no account."""

OURS = {
    str(pattern.name): str(pattern.pattern)
    for pattern in (*alliances.urls.urlpatterns, *assessments.urls.urlpatterns)
}
PAGES = set(OURS) - NO_PAGES - OF_RESPONDENTS - OF_WHOEVER
"""What leads to a page of whoever has an account."""
OF_ADMINS = {"installation_audit"}
"""Of these, the pages that admins alone have, beside those of the question banks."""
BANK_PAGES = {
    name for name in PAGES if OURS[name].startswith(("banks/", "dimensions/", "questions/"))
}
"""Of these, the pages of the question banks, which admins alone have."""
