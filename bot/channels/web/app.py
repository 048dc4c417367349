"""All routes joined to one ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.channels.web import (
    arrival_pages,
    asking,
    digest_pages,
    duty_pages,
    originals,
    pages,
    reading_pages,
    service,
    shelf_pages,
    stream,
)
from bot.channels.web.refusals import HANDLERS, on_known_error
from bot.channels.web.rendering import STATIC
from bot.channels.web.shield import Shield
from bot.channels.web.site import Site


async def show_icon(_: Request) -> FileResponse:
    """Browsers look for it here beside a page that names none, as a PDF."""
    return FileResponse(STATIC / "icon.svg")


def build_app(site: Site) -> ASGIApp:
    app = Starlette(
        routes=[
            *pages.ROUTES,
            *asking.ROUTES,
            *stream.ROUTES,
            *originals.ROUTES,
            *shelf_pages.ROUTES,
            *reading_pages.ROUTES,
            *arrival_pages.ROUTES,
            *digest_pages.ROUTES,
            *duty_pages.ROUTES,
            *service.ROUTES,
            *service.webhook_routes(site.webhooks),
            Route("/favicon.ico", show_icon),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={**HANDLERS, **dict.fromkeys(site.unavailable, on_known_error)},
    )
    app.state.site = site
    return Shield(app, public_url=site.public_url, open_paths={webhook.webhook_path for webhook in site.webhooks})
