"""Lets `python3 -m orders` run the command line."""

import sys

from orders.cli import main

sys.exit(main())
