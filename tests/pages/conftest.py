"""Every scenario begins two days before the National Day break; each writes its own letters."""
import pytest
from instance import START


@pytest.fixture(autouse=True)
def two_days_before_the_break(request):
    if "city" in request.fixturenames:
        request.getfixturevalue("city").clock(START)


def pytest_collection_modifyitems(items):
    """The story first, what the logs say of all scenarios last."""
    order = {"test_life_of_a_letter.py": 0, "test_logs.py": 2}
    items.sort(key=lambda item: order.get(item.path.name, 1))
