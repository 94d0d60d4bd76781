"""`/metrics` for Prometheus: how sending stands, about nobody. For who brings `FORTNIGHT_METRICS_TOKEN` only."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Response

from app.api.deps import HouseDep, Now
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.errors import NotFound
from app.services import delivery_counts, metrics

router = APIRouter(tags=["health"])


@router.get("/metrics")
def get_metrics(house: HouseDep, now: Now, authorization: Annotated[str, Header()] = "") -> Response:
    """In the text format of Prometheus. Without the token, or where none is set, there is nothing here."""
    token = house.settings.metrics_token
    if not token or not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
        raise NotFound()
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        standing = delivery_counts.standing(session, now=now)
    body, kind = metrics.written(standing, house.push)
    return Response(body, headers={"Content-Type": kind, "Cache-Control": "no-store"})
