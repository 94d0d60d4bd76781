"""The schema at start: made, kept, and refused when it is newer than the code."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from app.core import schema
from app.core.db import make_engine, unit_of_work
from app.core.row_security import HOUSE
from sqlalchemy import text


def test_file_names_tell_what_alembic_tells() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    known = [step.revision for step in script.walk_revisions()]
    assert list(schema.revisions()) == known[::-1]
    assert schema.revisions()[-1] == script.get_current_head()


def test_an_empty_database_is_brought_up_to_date_once(database_url: str, tmp_path: Path) -> None:
    engine = make_engine(database_url or f"sqlite:///{tmp_path / 'empty.sqlite3'}", 4)
    with unit_of_work(engine, by=HOUSE, read_only=True) as session:
        assert schema.current(session.connection()) is None
        assert not schema.is_current(session.connection())
    for _ in range(2):
        schema.upgrade(engine)
        with unit_of_work(engine, by=HOUSE, read_only=True) as session:
            assert schema.is_current(session.connection())
    with unit_of_work(engine, by=HOUSE) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaTooNew):
        schema.upgrade(engine)
    engine.dispose()


def test_a_second_start_imports_nothing_heavy(tmp_path: Path) -> None:
    """What a running server does not need is not in its memory, and a start does not wait for it."""
    start = (
        "import sys; from pathlib import Path; from app.core import config; from app.main import create_app;"
        "from app.services.house import open_house; import app.cli;"
        f"create_app(open_house(config.load({{}}, data=Path({str(tmp_path)!r}))));"
        "print(sorted({'alembic', 'numpy', 'scipy', 'plotly', 'pywebpush', 'psycopg'} & set(sys.modules)))"
    )
    loaded = [
        subprocess.run([sys.executable, "-c", start], check=True, capture_output=True, text=True).stdout.strip()
        for _ in range(2)
    ]
    assert loaded == ["['alembic']", "[]"]
