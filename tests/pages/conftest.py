"""Every scenario begins two days before the National Day break; each writes its own letters."""
import pytest
from instance import START


@pytest.fixture(autouse=True)
def two_days_before_the_break(request):
    if "city" in request.fixturenames:
        request.getfixturevalue("city").clock(START)
