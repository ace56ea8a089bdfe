#!/usr/bin/env bash
# Kills, freezes and repeats against a real instance; see README.md of tests. Options: run.py --help.
exec /usr/bin/python3 "$(dirname "$0")/run.py" "$@"
