"""What a lesson sets up itself, so that it need not be in the lab's files."""

import re
from functools import cached_property

from checker.model import Lesson
from checker.patterns import regex
from checker.rules.languages.table import YAML, language_of

_NAMED = regex(r"(?:--name[ =]|container_name:[ \t]*|--network-alias[ =]|hostname:[ \t]*)[\"']?([\w.-]+)")
_KEY = regex(r"^[ \t]*(?:- name:[ \t]*)?[\"']?([A-Za-z0-9][\w.-]*)[\"']?[ \t]*(?::|$)", re.MULTILINE)
_PORT = regex(
    r"(?:-p[ =]?|--publish[ =]|--port[ =]|port-forward[^\n]*?[ ]|-L[ ]?|\bport[ =:]{1,3}|EXPOSE[ ]|[\"'])"
    r"(?:[\d.]+:)?(\d{2,5})\b"
)
_OWN_SERVER = regex(
    r"http\.server[ ]+(\d{2,5})|\.run\([^)\n]*port[ ]*=[ ]*(\d{2,5})|--bind[ :=]\S*?:(\d{2,5})"
)
_SERVERS = regex(
    r"\b(?:uvicorn|gunicorn|hypercorn|flask run|streamlit run|runserver|mlflow (?:ui|server)|vite"
    r"|jupyter (?:lab|notebook)|npm (?:run )?(?:dev|start|preview)|(?:pnpm|yarn) dev|http\.server"
    r"|airflow (?:webserver|standalone)|dagster dev|prefect server|docker run|spark-submit|start-master"
    r"|ssh -\w*L|gcloud|ngrok|feast serve)\b"
)
_KUBERNETES = regex(r"\bkubectl\b|\bapiVersion:|\bkind:[ ](?:Deployment|Service|Pod|StatefulSet)\b|\bhelm[ ]")


class Declared:
    """Names and ports that the lesson's own commands and files create."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson

    @cached_property
    def names(self) -> frozenset[str]:
        """Containers, services and hosts."""
        found = set(_NAMED.findall(self._lesson.text))
        for block in self._lesson.blocks:
            if language_of(block) is YAML:
                found |= set(_KEY.findall(block.code))
        return frozenset(found)

    @cached_property
    def ports(self) -> frozenset[int]:
        """Ports that something in the lesson listens on."""
        found = {int(each) for each in _PORT.findall(self._lesson.text)}
        for each in _OWN_SERVER.findall(self._lesson.text):
            found |= {int(port) for port in each if port}
        return frozenset(found)

    @cached_property
    def starts_server(self) -> bool:
        """Whether the lesson starts a server, possibly on its default port, or forwards a port."""
        return self.is_elsewhere or _SERVERS.search(self._lesson.text) is not None

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether the lesson is about a cluster, which has hosts of its own."""
        return _KUBERNETES.search(self._lesson.text) is not None
