"""Alembic's door. `app.core.schema.upgrade` hands over a connection; one history serves both databases."""

import app.models  # noqa: F401 - fills the metadata
from alembic import context
from app.models.base import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Run migrations with: ./fortnight migrate")

context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=False)
with context.begin_transaction():
    context.run_migrations()
