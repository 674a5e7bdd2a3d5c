"""A step is a runnable where somebody records, and nothing but its function where nobody does."""

from langchain_core.runnables import ensure_config
from langchain_core.tracers.run_collector import RunCollectorCallbackHandler
from langsmith.run_helpers import tracing_context

from chains.tracing.step import Step

SEEN: list[bool] = []


async def _doubled(number: int) -> int:
    SEEN.append(bool(ensure_config().get("callbacks")))
    return 2 * number


async def _twice(number: int) -> int:
    return await doubling.run(await doubling.run(number))


doubling = Step(_doubled, name="double")
outer = Step(_twice, name="twice")


async def test_a_recorded_step_is_a_run_of_its_name_with_the_inner_steps_as_children() -> None:
    collector = RunCollectorCallbackHandler()

    with tracing_context(enabled=False):
        result = await outer.run(3, {"callbacks": [collector]})

    (run,) = collector.traced_runs
    assert result == 12
    assert run.name == "twice"
    assert [child.name for child in run.child_runs] == ["double", "double"]


async def test_a_step_that_nobody_records_runs_without_callbacks() -> None:
    SEEN.clear()

    with tracing_context(enabled=False):
        result = await outer.run(3)

    assert result == 12
    assert SEEN == [False, False]
