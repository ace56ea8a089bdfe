"""./minsheng up, status, down, and the one line of health that whoever watches asks for. An instance of its own: it is
broken on purpose."""
import json
import os
import signal
import subprocess

import pytest
import requests
from instance import Instance

PORT = int(os.environ.get("MINSHENG_TEST_PORT", "18200")) + 20


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    it = Instance(tmp_path_factory.mktemp("small") / "with blank", PORT, False)
    it.up()
    yield it
    it.down()


def status(it):
    done = it.launcher("status", "--dir", str(it.dir), "--json")
    return done.returncode, json.loads(done.stdout)


def test_status_says_what_scripts_ask_for(city):
    code, told = status(city)
    assert code == 0 and told["state"] == "running"
    assert told["public"] == city.public and told["desk"] == city.desk and told["db_name"] == "minsheng"
    assert os.path.exists(told["db_socket"]) and os.path.isdir(told["maildir"])
    assert {"mariadbd", "nginx", "slad", "vaultd", "notifyd", "web-public", "web-desk"} <= set(told["pids"])
    for pid in sum(told["pids"].values(), []):
        os.kill(pid, 0)


def test_health_is_one_word(city):
    for base in (city.public, city.desk):
        answer = city.wait(lambda: (lambda it: it if it.status_code == 200 else None)(requests.get(base + "/health", timeout=30)))
        assert answer.text == "ok\n" and answer.headers["Cache-Control"] == "no-store"


def test_up_once_more_changes_nothing(small):
    before = status(small)[1]["pids"]
    small.up()
    assert status(small)[1]["pids"] == before


def test_another_port_is_refused_while_it_runs(small):
    done = small.launcher("up", "--dir", str(small.dir), "--port", str(small.port + 2), "--env", "test")
    assert done.returncode == 7 and "already runs on port" in done.stderr


def test_a_taken_port_is_named(small, tmp_path):
    done = small.launcher("up", "--dir", str(tmp_path / "other"), "--port", str(small.port), "--env", "test")
    assert done.returncode == 4 and f"port {small.port} is taken" in done.stderr


def test_a_folder_of_somebody_else_is_not_touched(small, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    done = small.launcher("up", "--dir", str(tmp_path), "--port", str(small.port + 4))
    assert done.returncode == 6 and "not an instance of minsheng" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("name", ["web-public", "web-desk", "slad", "notifyd", "vaultd"])
def test_a_program_that_dies_is_there_again_at_once(small, name):
    before = status(small)[1]["pids"][name]
    os.kill(before[0], signal.SIGKILL)

    def replaced():
        now = status(small)[1]["pids"][name]
        return before[0] not in now and len(now) == len(before)

    small.wait(replaced)
    assert small.get("/health").status_code == 200


def test_without_its_database_the_site_says_so_and_comes_back(small):
    data = small.dir / "data" / "mariadb"
    pid = status(small)[1]["pids"]["mariadbd"][0]
    data.rename(data.parent / "away")  # so that it cannot be started again
    try:
        os.kill(pid, signal.SIGKILL)
        small.wait(lambda: small.get("/health").status_code == 503)
        assert small.get("/health").text == "database: no answer\n"
        page = small.get("/open")
        assert page.status_code == 503 and page.headers["Retry-After"] and "系统繁忙" in page.text
        code, told = status(small)
        assert code != 0 and told["state"] == "unwell" and "database: no answer" in told["why"]
    finally:
        (data.parent / "away").rename(data)
    small.wait(lambda: small.get("/health").status_code == 200)
    assert small.get("/open").status_code == 200


def test_down_stops_everything_it_started(small):
    pids = sum(status(small)[1]["pids"].values(), [])
    small.down()
    code, told = status(small)
    assert code != 0 and told["state"] == "stopped" and told["pids"] == {}
    ps = ["ps", "-o", "pid=,stat=", "-p", ",".join(map(str, pids))]
    small.wait(lambda: all(" Z" in line for line in subprocess.run(ps, capture_output=True, text=True).stdout.splitlines()))
    small.up()
    assert small.get("/health").status_code == 200
