"""Addresses of the demo; a real site has none of them."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.sign_ins, name="demo-sign-ins"),
    path("mail/", views.mail_list, name="demo-mails"),
    path("mail/<str:name>/", views.mail_detail, name="demo-mail"),
]
