"""Claims over time as a chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from geo.view.kinds import look, ordered

STEPS = {"year": 366, "quarter": 92, "month": 31, "week": 7, "day": 1}
"""The days that a bar may cover."""
MOST_BARS = 140


def step(first: pd.Timestamp | None, last: pd.Timestamp | None) -> str:
    """The finest step that keeps the bars of a stretch few enough to read."""
    if first is None or last is None:
        return "year"
    days = (last - first).days + 1
    return next((name for name, length in reversed(STEPS.items()) if days / length <= MOST_BARS / 2), "year")


def histogram(timeline: pd.DataFrame, by: str, axis: str) -> Any:
    """Bars of claims by kind; dragging chooses a stretch of time. ``timeline`` as ``Ledger.timeline`` gives it."""
    known = timeline.dropna(subset=["bucket"]).copy()
    known["bucket"] = pd.to_datetime(known["bucket"])
    kinds = ordered(known["kind"].unique())
    known["Kind"] = known["kind"].map(lambda kind: look(kind).label)
    known["until"] = known["bucket"] + pd.Timedelta(days=STEPS[by])
    known["rank"] = known["kind"].map(kinds.index)
    known = known.sort_values(["bucket", "rank"])
    # Bars as wide as their stretch cannot be stacked by the chart itself.
    known["top"] = known.groupby("bucket")["n"].cumsum()
    known["bottom"] = known["top"] - known["n"]
    scale: Any = alt.Scale(domain=[look(k).label for k in kinds], range=[look(k).colour for k in kinds])
    chosen = alt.selection_interval(encodings=["x"], name="stretch")
    return (
        alt.Chart(known, height=230)
        .mark_bar(stroke=None, binSpacing=1)
        .encode(
            x=alt.X("bucket:T", title=f"{axis}, by {by}", scale=alt.Scale(nice=False), axis=alt.Axis(grid=False)),
            x2="until:T",
            y=alt.Y("bottom:Q", title="claims", axis=alt.Axis(tickMinStep=1, grid=True)),
            y2="top:Q",
            color=alt.Color("Kind:N", scale=scale, legend=None),
            tooltip=[alt.Tooltip("bucket:T", title="from"), alt.Tooltip("Kind:N"), alt.Tooltip("n:Q", title="claims")],
            opacity=alt.condition(chosen, alt.value(1), alt.value(0.45)),
        )
        .add_params(chosen)
        .properties(usermeta={"embedOptions": {"actions": False}})
    )
