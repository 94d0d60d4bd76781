"""Supporters: a third kind of account, and the invitations that make one."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _widen("account", "role", "'client', 'therapist', 'supporter'")
    _widen("invitation", "kind", "'setup', 'client', 'therapist', 'supporter'")


def _widen(table: str, column: str, words: str) -> None:
    """SQLite cannot change a CHECK: the table is made anew with its rows (`app.core.schema` keeps the others from
    going with the old one). What is reflected for it has no CHECK, so the one that is added is the only one."""
    name, condition = op.f(f"ck_{table}_{column}_known"), f"{column} IN ({words})"
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table(table, recreate="always") as anew:
            anew.create_check_constraint(name, condition)
        return
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, condition)
