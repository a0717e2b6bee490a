"""``python -m customer_profiles_sdk.cli``: the command ``customer-profiles``."""

import sys

from customer_profiles_sdk.cli import main

if __name__ == "__main__":
    sys.exit(main())
