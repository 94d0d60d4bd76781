"""On PostgreSQL rows know whose they are (decision 0025); on SQLite nothing changes.

A transaction says in `app.uid` for whom it acts: an account, or the house. One that says nothing finds no rows
and writes none. What ends by a clock is asked by the statements: the app's clock counts, not the database's.
"""

from alembic import op

revision = "0014"
down_revision = "0013"

# Each SELECT and ARRAY is worked out once for a statement, and only if a row asks for it. So would IN be, but the
# planner takes that for dear and rather reads whole tables.
THE_HOUSE = "(SELECT current_setting('app.uid', true)) = 'house'"
ME = "(SELECT current_setting('app.uid', true)::character(32))"
SHARED_WITH_ME = f"""FROM sharing JOIN consent ON consent.sharing_id = sharing.id
    WHERE sharing.reader_id = {ME} AND consent.withdrawn_at IS NULL AND sharing.paused_at IS NULL"""
SHARED = f"SELECT consent.experiment_id {SHARED_WITH_ME}"
ACCOUNT = f"account_id = {ME}"
FORTNIGHT = f"experiment_id = ANY (ARRAY(SELECT id FROM experiment WHERE account_id = {ME}))"  # noqa: S608 - ours

WRITE = {
    "experiment": ACCOUNT,
    "check_in": FORTNIGHT,
    "reflection": FORTNIGHT,
    "review": FORTNIGHT,
    "visit": FORTNIGHT,
    "brief": FORTNIGHT,
    "offer": FORTNIGHT,
    "offers_off": ACCOUNT,
    "reminder_plan": ACCOUNT,
    "reminder": FORTNIGHT,
    "safety_plan": ACCOUNT,
    "session_note": ACCOUNT,
    "session_page": f"sharing_id = ANY (ARRAY(SELECT id FROM sharing WHERE client_id = {ME}))",  # noqa: S608 - ours
}


def _chosen(field: str) -> str:
    return f"experiment_id = ANY (ARRAY({SHARED} AND ',' || consent.fields || ',' LIKE '%,{field},%'))"


READ = {
    "experiment": f"id = ANY (ARRAY({SHARED}))",
    "check_in": f"experiment_id = ANY (ARRAY({SHARED}))",
    "reflection": f"kind = 'balance' AND {_chosen('balance')}",
    "review": _chosen("conclusion"),
    "session_page": "shown_at IS NOT NULL AND sharing_id = ANY "
    f"(ARRAY(SELECT sharing.id {SHARED_WITH_ME} AND sharing.role = 'therapist'))",
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    # PostgreSQL asks the later name first: whose a row is answers sooner than what is shared.
    for table, mine in WRITE.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        # The app owns its tables, and an owner is held by policies only where that is said.
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY writer ON {table} USING ({THE_HOUSE} OR {mine})")
    for table, shared in READ.items():
        op.execute(f"CREATE POLICY reader ON {table} FOR SELECT USING ({shared})")
