"""What the services of a lab need of a lesson's sandbox."""

from collections.abc import Iterator

from checker.running.lab import Lab
from checker.running.sandbox.tier import Layout
from checker.running.services.postgresql import Server, template
from checker.running.worker.services.postgresql.server import TEMPLATE
from checker.running.worker.services.spark.connectors import JARS


def laid_out(lab: Lab) -> Layout:
    """The services' host names, the files that they read, and extra folders that lessons may write to."""
    return Layout(lab.host_names(), tuple(_shown(lab)), lab.folders, segments=_has_server(lab))


def _has_server(lab: Lab) -> bool:
    return lab.postgresql is not None and bool(lab.postgresql.programs)


def _shown(lab: Lab) -> Iterator[tuple[str, str]]:
    if lab.postgresql is not None and lab.postgresql.programs:
        server = Server(lab.postgresql.programs, lab.postgresql.version, lab.postgresql.major)
        yield template(server), TEMPLATE
    if lab.spark is not None and lab.spark.jars is not None:
        yield lab.spark.jars, JARS
