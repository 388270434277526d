"""Takes the figures that a cell has drawn; like a notebook, it closes them after the cell."""

import base64
import io
import sys

_MOST = 20
_MOST_BYTES = 2 << 20  # of one cell; the report of a cell has a maximum size


def take_figures() -> list[str]:
    """The open figures of pyplot as PNG in base64, oldest first, as many as fit; they are closed."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    taken: list[str] = []
    room = _MOST_BYTES
    try:
        for number in pyplot.get_fignums()[:_MOST]:
            drawn = io.BytesIO()
            pyplot.figure(number).savefig(drawn, format="png")
            room -= len(drawn.getvalue())
            if room < 0:
                break
            taken.append(base64.b64encode(drawn.getvalue()).decode())
        pyplot.close("all")
    except Exception:  # noqa: BLE001 what cannot be drawn is not kept; the lesson may have done anything to it
        return taken
    return taken
