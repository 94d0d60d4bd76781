"""A figure through the plotly package: validated against Plotly's own schema, then JSON for plotly.js.

The one place that imports plotly, and late: with its first figure it takes 0.3 s and 30 MiB.
"""

import json
from typing import Any, cast

from app.rendering.figures import Figure


def checked(figure: Figure) -> dict[str, Any]:
    """{data, layout, config} as plotly.js takes it. ValueError if anything in it is not Plotly's."""
    import plotly.graph_objects as go  # type: ignore[import-untyped]  # noqa: PLC0415
    from plotly.io import to_json  # type: ignore[import-untyped]  # noqa: PLC0415

    drawn = go.Figure(data=figure.plotly["data"], layout=figure.plotly["layout"], skip_invalid=False)
    # The page brings its own look; plotly's default template would be 7 kB of another.
    drawn.layout.template = None
    written = cast(dict[str, Any], json.loads(cast(str, to_json(drawn, validate=True, remove_uids=False))))
    written["layout"].pop("template", None)
    return written | {"config": dict(figure.plotly["config"])}
