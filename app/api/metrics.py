"""`/metrics` for Prometheus: how sending stands, about nobody. For who brings `FORTNIGHT_METRICS_TOKEN` only."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Response

from app.api.deps import HouseDep, Now, SessionDep
from app.domain.errors import NotFound
from app.services import delivery_counts, metrics

router = APIRouter(tags=["health"])


@router.get("/metrics")
def get_metrics(
    house: HouseDep, session: SessionDep, now: Now, authorization: Annotated[str, Header()] = ""
) -> Response:
    """In the text format of Prometheus. Without the token, or where none is set, there is nothing here."""
    token = house.settings.metrics_token
    if not token or not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
        raise NotFound()
    body, kind = metrics.written(delivery_counts.standing(session, now=now), house.push)
    return Response(body, headers={"Content-Type": kind, "Cache-Control": "no-store"})
