"""How sending stands, in the text format of Prometheus."""

from app.services.delivery_counts import Standing
from app.services.push_set_up import PushSetUp


def written(standing: Standing, push: PushSetUp) -> tuple[bytes, str]:
    """The exposition and its content type. Numbers are read from the database, so that every worker's count."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415 - heavy
    from prometheus_client.exposition import CONTENT_TYPE_LATEST  # noqa: PLC0415

    registry = CollectorRegistry()

    def gauge(name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"fortnight_{name}", says, labels, registry=registry)

    gauge("reminder_queue_lag_seconds", "How late the oldest thing in the queue is.").set(standing.lag)
    gauge("notifications_waiting", "Notifications on their way.").set(standing.waiting)
    gauge("push_sending", "1 where something that sends was seen lately.").set(standing.sending)
    gauge("push_set_up", "1 where this server can send.").set(push.problem is None)
    outcomes = gauge("reminders", "Reminders and notifications by outcome, over the days kept.", "outcome")
    for outcome in sorted({*standing.totals, "sent", "retry", "expired", "gone", "refused"}):
        outcomes.labels(outcome).set(standing.totals.get(outcome, 0))
    refused = gauge("push_refused_timestamp_seconds", "When a push service last refused this server.", "host")
    for host, at in sorted(standing.refused_by.items()):
        refused.labels(host).set(at.timestamp())
    return generate_latest(registry), CONTENT_TYPE_LATEST
