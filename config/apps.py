"""Which admin site the project has."""

from django.contrib.admin.apps import AdminConfig


class NorthboundAdminConfig(AdminConfig):
    default_site = "config.admin.NorthboundAdminSite"
