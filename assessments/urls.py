"""Addresses of the assessments app."""

from django.urls import path

from assessments.views import charter_pdf, demo_mail, desk, pages, questionnaire, results, rounds

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
    path("questionnaire/<int:pk>/done/", questionnaire.done, name="questionnaire_done"),
    # The demonstration's mail; 404 in production
    path("demo/mail/", demo_mail.mailbox, name="demo_mail"),
    path("demo/mail/<str:name>/", demo_mail.message, name="demo_mail_message"),
]
