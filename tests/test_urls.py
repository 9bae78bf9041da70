from django.urls import get_resolver, resolve

from mingdai.urls import urlpatterns


def test_every_door_has_its_address():
    assert resolve("/").view_name == "offers"
    assert resolve("/api/openapi.json")
    assert resolve("/log/checkpoint").view_name == "log"


def test_there_is_no_second_door_for_administrators():
    names = str(get_resolver().reverse_dict.keys()) + str(urlpatterns)

    assert "django.contrib.admin" not in names
