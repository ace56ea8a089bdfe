#!/usr/bin/env bash
# How fast the product is, as parts of what the machine can do at all, measured in the same run. --help tells the options.
exec /usr/bin/python3 "$(dirname "$0")/run.py" "$@"
