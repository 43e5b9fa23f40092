"""The publish stage: editions put where readers are, each whole, proven, and kept for ever.

with open_target(where, root) as target:
    change = settle(target, wanted)              # what the register would say; or Refused
    plan = plan(target, change, wanted, pages)   # every file of the new whole
    target.swap(plan, message)                   # all of it, or none of it
faults = verify(target)
"""

from databook.publish.manifest import Facts, measure
from databook.publish.plan import Plan, Wanted, plan, with_block
from databook.publish.proof import Fault, Verified, verify
from databook.publish.recall import Asking, recall
from databook.publish.refusals import NotDue, Refused, Taken, Unreachable
from databook.publish.settle import Change, settle
from databook.publish.target import Target, open_target

__all__ = [
    "Asking",
    "Change",
    "Facts",
    "Fault",
    "NotDue",
    "Plan",
    "Refused",
    "Taken",
    "Target",
    "Unreachable",
    "Verified",
    "Wanted",
    "measure",
    "open_target",
    "plan",
    "recall",
    "settle",
    "verify",
    "with_block",
]
