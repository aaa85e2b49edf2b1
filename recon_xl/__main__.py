"""`python -m recon_xl` is `recon-xl`."""

import sys

from recon_xl.cli import main

sys.exit(main())
