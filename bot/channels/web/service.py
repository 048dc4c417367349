"""What no person calls: platforms with their messages, and monitors."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.base import Webhook
from bot.channels.web.bodies import limited
from bot.channels.web.site import peer_of, site_of

logger = logging.getLogger(__name__)

WEBHOOK_LIMIT: Final = 1024**2


def webhook_routes(webhooks: Iterable[Webhook]) -> list[Route]:
    return [_webhook_route(webhook) for webhook in webhooks]


def _webhook_route(webhook: Webhook) -> Route:
    async def accept(request: Request) -> Response:
        body = await limited(request, WEBHOOK_LIMIT).body()
        status = await webhook.accept(dict(request.headers), body, site_of(request).handler)
        if status != 200:
            logger.warning("%s: answered %s to %s", webhook.webhook_path, status, peer_of(request))
        return Response(status_code=status)

    return Route(webhook.webhook_path, accept, methods=["POST"])


async def show_alive(_: Request) -> Response:
    return PlainTextResponse("ok")


async def show_ready(request: Request) -> Response:
    health = await run_in_threadpool(site_of(request).desk.health)
    return JSONResponse({"ready": health.ready, "problems": health.problems}, 200 if health.ready else 503)


async def show_metrics(request: Request) -> Response:
    body, content_type = await run_in_threadpool(site_of(request).metrics)
    return Response(body, headers={"content-type": content_type})


ROUTES: Final = [
    Route("/health/live", show_alive),
    Route("/health/ready", show_ready),
    Route("/metrics", show_metrics),
]
