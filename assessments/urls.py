"""Addresses of the assessments app."""

from django.urls import path

from assessments.views import (
    appraisal,
    charter_pdf,
    demo_mail,
    desk,
    pages,
    questionnaire,
    results,
    rounds,
    workbook,
)
from assessments.views.banks import files, languages, life, parts, preview, statistics

urlpatterns = [
    path("", desk.home, name="home"),
    path("healthz", pages.healthz, name="healthz"),
    path("rules/", pages.rules, name="rules"),
    path("alliances/<int:pk>/", desk.desk, name="desk"),
    # The convener's rounds
    path("alliances/<int:pk>/rounds/", rounds.round_list, name="rounds"),
    path("alliances/<int:pk>/rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/remind/", rounds.round_remind, name="round_remind"),
    path("rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
    path("rounds/<int:pk>/forecast/", rounds.round_forecast, name="round_forecast"),
    path("invitations/<int:pk>/link/", rounds.round_link, name="round_link"),
    # What two partners pick to be asked
    path("alliances/<int:pk>/workbook/<slug:code>/", workbook.workbook, name="workbook"),
    path(
        "participants/<int:pk>/workbook/<slug:code>/",
        workbook.workbook_pick,
        name="workbook_pick",
    ),
    # The result
    path("rounds/<int:pk>/result/", results.result_page, name="result"),
    path("rounds/<int:pk>/report.pdf", results.report_pdf, name="report_pdf"),
    path("rounds/<int:pk>/scorecard.pdf", results.scorecard_pdf, name="scorecard_pdf"),
    path("rounds/<int:pk>/result.json", results.result_json, name="result_json"),
    path("rounds/<int:pk>/result.csv", results.result_csv, name="result_csv"),
    # The charter on paper
    path("charters/<int:pk>/charter.pdf", charter_pdf.charter_pdf, name="charter_pdf"),
    path("charters/<int:pk>/certificate.pdf", charter_pdf.certificate_pdf, name="certificate_pdf"),
    # The respondent
    path("a/<str:token>/", questionnaire.link, name="link"),
    path("questionnaire/<int:pk>/", questionnaire.introduction, name="questionnaire"),
    path("questionnaire/<int:pk>/<int:number>/", questionnaire.page, name="questionnaire_page"),
    path("questionnaire/<int:pk>/save/", questionnaire.save, name="questionnaire_save"),
    path("questionnaire/<int:pk>/review/", questionnaire.review, name="questionnaire_review"),
    path("questionnaire/<int:pk>/submit/", questionnaire.submit, name="questionnaire_submit"),
    path("questionnaire/<int:pk>/result/", questionnaire.result, name="questionnaire_result"),
    path("questionnaire/<int:pk>/result.pdf", questionnaire.result_pdf, name="own_result_pdf"),
    path("questionnaire/<int:pk>/own/", questionnaire.own, name="questionnaire_own"),
    path("questionnaire/<int:pk>/done/", questionnaire.done, name="questionnaire_done"),
    # Question banks, for who writes them
    path("banks/", life.banks, name="banks"),
    path("banks/new/", life.bank_new, name="bank_new"),
    path("banks/import/", files.bank_import, name="bank_import"),
    path("banks/<int:pk>/", life.bank, name="bank"),
    path("banks/<int:pk>/import/", files.bank_import, name="bank_import_into"),
    path("banks/<int:pk>/export/<slug:format>/", files.bank_export, name="bank_export"),
    path("banks/<int:pk>/preview/<int:number>/", preview.bank_preview, name="bank_preview"),
    path("banks/<int:pk>/form.pdf", preview.bank_paper, name="bank_paper"),
    path("banks/<int:pk>/statistics/", statistics.bank_statistics, name="bank_statistics"),
    path(
        "banks/<int:pk>/statistics.csv",
        statistics.bank_statistics_table,
        name="bank_statistics_table",
    ),
    path("banks/<int:pk>/compare/<int:other>/", life.bank_compare, name="bank_compare"),
    path("banks/<int:pk>/next/", life.bank_next, name="bank_next"),
    path("banks/<int:pk>/publish/", life.bank_publish, name="bank_publish"),
    path("banks/<int:pk>/retire/", life.bank_retire, name="bank_retire"),
    path("banks/<int:pk>/discard/", life.bank_discard, name="bank_discard"),
    path("banks/<int:pk>/edit/", parts.bank_edit, name="bank_edit"),
    path("banks/<int:pk>/reading/", parts.bank_reading, name="bank_reading"),
    path("banks/<int:pk>/languages/", languages.bank_languages, name="bank_languages"),
    path(
        "banks/<int:pk>/languages/<str:language>/<int:number>/",
        languages.bank_translate,
        name="bank_translate",
    ),
    path(
        "banks/<int:pk>/languages/<str:language>/remove/",
        languages.bank_language_remove,
        name="bank_language_remove",
    ),
    path("banks/<int:pk>/move/", parts.bank_move, name="bank_move"),
    path("banks/<int:pk>/dimensions/new/", parts.dimension_new, name="dimension_new"),
    path("dimensions/<int:pk>/edit/", parts.dimension_edit, name="dimension_edit"),
    path("dimensions/<int:pk>/remove/", parts.dimension_remove, name="dimension_remove"),
    path("dimensions/<int:pk>/questions/new/", parts.question_new, name="question_new"),
    path("questions/<int:pk>/edit/", parts.question_edit, name="question_edit"),
    path("questions/<int:pk>/remove/", parts.question_remove, name="question_remove"),
    # Whoever is invited to an alliance, without an account
    path("appraisal/<slug:code>/", appraisal.appraisal, name="appraisal"),
    path("appraisal/<slug:code>/<int:number>/", appraisal.appraisal_page, name="appraisal_page"),
    path("appraisal/<slug:code>/result/", appraisal.appraisal_result, name="appraisal_result"),
    path("appraisal/<slug:code>/appraisal.pdf", appraisal.appraisal_pdf, name="appraisal_pdf"),
    # The demonstration's mail; 404 in production
    path("demo/mail/", demo_mail.mailbox, name="demo_mail"),
    path("demo/mail/<str:name>/", demo_mail.message, name="demo_mail_message"),
]
