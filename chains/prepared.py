"""An insight about to be written: everything is known about it but its words."""

from dataclasses import dataclass

from chains.facts.sheet import FactSheet
from chains.request import InsightRequest
from chains.routing.order import Order
from chains.tracing.trace import Recording
from chains.writers.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """`context_hash` decides whether a stored insight still holds; then nothing needs to be written. `deadline` as in `Order`."""

    insight_id: str
    request: InsightRequest
    sheet: FactSheet
    script: Script
    context_hash: str
    deadline: float
    recording: Recording

    @property
    def order(self) -> Order:
        return Order(insight_id=self.insight_id, sheet=self.sheet, script=self.script, deadline=self.deadline)
