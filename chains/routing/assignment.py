"""One order in the router's hands."""

from dataclasses import dataclass, field

from chains.ports import Listener
from chains.routing.deadline import Deadline
from chains.routing.order import Order
from chains.routing.trail import Trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is asked, who listens, how long there is, and what was tried so far."""

    order: Order
    listener: Listener | None
    deadline: Deadline
    trail: Trail = field(default_factory=Trail)
