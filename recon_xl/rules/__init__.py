"""One file a rule. A rule selects keys and numbers in SQL; its sentence, remedy and confidence stand beside it.

The module's docstring is the rule's page in the catalogue: What it finds, Why it matters,
Example, How to clear it. A rule's code never changes and is never reused: workbooks hold on to it.
"""

from recon_xl.core.finding import Finding
from recon_xl.rules.registry import RuleInfo, catalogue
from recon_xl.rules.runner import find_all, holds_of

__all__ = ["Finding", "RuleInfo", "catalogue", "find_all", "holds_of"]
