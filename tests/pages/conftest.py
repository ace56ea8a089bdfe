"""Every scenario begins two days before the National Day break; each writes its own letters."""
import pytest
import rows
from instance import START


def pytest_configure(config):
    config.addinivalue_line("markers", "row(from, action, to): the scenario shows this row of tickets/states.tbl")


@pytest.fixture(autouse=True)
def two_days_before_the_break(request):
    if "city" in request.fixturenames:
        request.getfixturevalue("city").clock(START)


@pytest.fixture(autouse=True)
def rows_are_shown(request):
    """What a scenario is marked with was really done by somebody in it."""
    marked = [mark.args for mark in request.node.iter_markers("row")]
    if not marked:
        yield
        return
    city = request.getfixturevalue("city")
    before = rows.last_step(city)
    yield
    steps = rows.taken(city, before)
    missing = [row for row in marked if not rows.was_taken(row, steps)]
    assert not missing, f"marked with rows that nobody walked: {missing}; walked: {sorted(steps)}"


def pytest_collection_modifyitems(items):
    """The story first, what the logs say of all scenarios last."""
    order = {"test_life_of_a_letter.py": 0, "test_logs.py": 2}
    items.sort(key=lambda item: order.get(item.path.name, 1))
