"""Where each door stands."""

from django.urls import URLPattern, URLResolver, include, path

from mingdai.api.problems import no_such_call
from mingdai.api.routes import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("mingdai.web.routes")),
    path("api/", api.urls),
    path("api/<path:rest>", no_such_call),
]

handler400 = "mingdai.web.errors.bad_request"
handler403 = "mingdai.web.errors.forbidden"
handler404 = "mingdai.web.errors.not_found"
handler500 = "mingdai.web.errors.our_fault"
