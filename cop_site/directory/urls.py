"""Addresses of the directory."""

from django.urls import path

from .views import chain, confirming, covering, desk, finding, inquiring, mapping, matrix, showing, stewarding, writing

urlpatterns = [
    path("", finding.directory, name="directory"),
    path("matrix/", matrix.directory_matrix, name="directory-matrix"),
    path("map/", mapping.directory_map, name="directory-map"),
    path("chain/", chain.service_chain, name="service-chain"),
    path("coverage/", covering.coverage, name="coverage"),
    path("coverage/new/", covering.coverage_new, name="coverage-new"),
    path("coverage/survey/", covering.survey_new, name="survey-new"),
    path("referral/", finding.referral_sheet, name="referral-sheet"),
    path("freshness/", confirming.directory_freshness, name="directory-freshness"),
    path("desk/", desk.directory_desk, name="directory-desk"),
    path("claims/<int:pk>/", desk.directory_claim, name="directory-claim"),
    path("mine/", stewarding.my_directory, name="directory-mine"),
    path("new/", writing.organisation_new, name="organisation-new"),
    path("confirm/<str:token>/", confirming.organisation_confirm, name="organisation-confirm"),
    path("<slug:slug>/edit/", writing.organisation_edit, name="organisation-edit"),
    path("<slug:slug>/contacts/", writing.organisation_contacts, name="organisation-contacts"),
    path("<slug:slug>/logo/", writing.organisation_logo, name="organisation-logo"),
    path("<slug:slug>/logo/change/", writing.organisation_logo_form, name="organisation-logo-form"),
    path("<slug:slug>/level/", writing.organisation_level, name="organisation-level"),
    path("<slug:slug>/still-right/", writing.organisation_still_right, name="organisation-still-right"),
    path("<slug:slug>/history/", writing.organisation_history, name="organisation-history"),
    path("<slug:slug>/claim/", stewarding.organisation_claim, name="organisation-claim"),
    path("<slug:slug>/stewards/", stewarding.organisation_stewards, name="organisation-stewards"),
    path("<slug:slug>/stewards/<int:pk>/end/", stewarding.organisation_steward_act, {"wish": "end"}, name="organisation-steward-end"),
    path("<slug:slug>/stewards/<int:pk>/renew/", stewarding.organisation_steward_act, {"wish": "renew"}, name="organisation-steward-renew"),
    path("<slug:slug>/ask/", inquiring.organisation_ask, name="organisation-ask"),
    path("<slug:slug>/questions/", inquiring.organisation_inquiries, name="organisation-inquiries"),
    path("<slug:slug>/list/", desk.organisation_list, name="organisation-list"),
    path("<slug:slug>/unlist/", desk.organisation_unlist, name="organisation-unlist"),
    path("<slug:slug>/merge/", desk.organisation_merge, name="organisation-merge"),
    path("<slug:slug>/verify/", desk.organisation_verify, name="organisation-verify"),
    path("<slug:slug>/", showing.organisation, name="organisation"),  # last: the words above are no slugs
]
