"""What is prepared for a visit may be read by whoever it is shared with: the policy of PostgreSQL says so too
(decision 0025). On SQLite nothing changes."""

from alembic import op

revision = "0016"
down_revision = "0015"

ME = "(SELECT current_setting('app.uid', true)::character(32))"
SHARED = f"""SELECT consent.experiment_id FROM sharing JOIN consent ON consent.sharing_id = sharing.id
    WHERE sharing.reader_id = {ME} AND consent.withdrawn_at IS NULL AND sharing.paused_at IS NULL
    AND ',' || consent.fields || ',' LIKE '%,visit,%'"""  # noqa: S608 - ours


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE POLICY reader ON visit FOR SELECT USING (experiment_id = ANY (ARRAY({SHARED})))")
