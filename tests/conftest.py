"""Fixtures: a whole instance of the system (MariaDB, nginx, all programs) with a clock that tests set.

`instance` is one for the whole run, without letters; `city` is one with the demo city, and people to act as (lib/city.py).
Both are real: ./minsheng up in a scratch folder. MINSHENG_BUILD names the build (./minsheng test sets it to build/dev).
"""
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))

from city import City  # noqa: E402
from instance import Instance  # noqa: E402

PORT = int(os.environ.get("MINSHENG_TEST_PORT", "18200"))
# What is durable, tests/faults shows with the product's own settings. Here a commit need not wait for the disk: a server that is
# killed still loses nothing, only a machine without power would.
os.environ.setdefault("MINSHENG_MARIADB_EXTRA", "innodb_flush_log_at_trx_commit=2\nsync_binlog=0")


def running(cls, tmp_path_factory, name, port, demo):
    it = cls(tmp_path_factory.mktemp(name) / "var", port, demo)
    it.up()
    try:
        yield it
    finally:
        it.down()
        it.keep_logs(name)


@pytest.fixture(scope="session")
def instance(tmp_path_factory):
    yield from running(Instance, tmp_path_factory, "instance", PORT, False)


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    yield from running(City, tmp_path_factory, "city", PORT + 10, True)


@pytest.fixture
def shared():
    """The folder of real letters and calendars, or a skip that says so."""
    folder = pathlib.Path(os.environ.get("MINSHENG_SHARED") or pathlib.Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "data").is_dir():
        pytest.skip("the real letters (../shared/data) are not here")
    return folder
