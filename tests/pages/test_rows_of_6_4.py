"""Every row of domain 6.4 that somebody starts has a scenario by people, over HTTP; here are those without another place.

A scenario says which rows it shows by @pytest.mark.row("HANDLING", "OBJECT", "OBJECTED") (lib/rows.py); the two checks
below read tickets/states.tbl and the marks of all files of this folder.
"""
import rows
import tables


def test_every_row_has_a_scenario():
    missing = [" ".join(row) for row in tables.started_by_people() if row not in rows.shown()]
    assert not missing, f"{len(missing)} rows of tickets/states.tbl without a scenario: " + "; ".join(missing)


def test_no_scenario_shows_a_row_that_is_not_there():
    there = {(step.start, step.action, step.to) for step in tables.steps()}
    assert {row: files for row, files in rows.shown().items() if row not in there} == {}
