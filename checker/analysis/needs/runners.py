"""Engines that run a pipeline elsewhere, named by a word such as `runner="DataflowRunner"`.

Source: Apache Beam's runners, https://beam.apache.org/documentation/#runners. The portable ones are given the
pipeline by a job server, a Java program that Beam downloads or that must already run.
"""

import ast
from collections.abc import Iterator

from checker.analysis.needs.clients import Client
from checker.analysis.needs.meaning import Meanings

_BEAM = "apache_beam."
_DATAFLOW = Client("google-cloud", "Google Cloud for its Dataflow runner")
_JOB_SERVER = Client("beam-job-server", "a job server for its Beam runner")
# By their names as Beam compares them: in lower case, with the suffix optional.
_RUNNERS = {
    "dataflow": _DATAFLOW,
    "testdataflow": _DATAFLOW,
    "flink": _JOB_SERVER,
    "portable": _JOB_SERVER,
    "samza": _JOB_SERVER,
    "spark": _JOB_SERVER,
}
_FLAG = "--runner"


def runner_of(node: ast.Call | ast.Assign, meanings: Meanings) -> Client | None:
    """The engine that runs the pipeline of a call or an assignment; None for engines that run here.

    Beam takes the name as a keyword of `Pipeline` and `PipelineOptions`, in their list of flags, as a class,
    and as the attribute `runner` of the options.
    """
    for word in _words(node, meanings):
        name = word.rpartition(".")[2].lower().removesuffix("()").removesuffix("runner")
        if name in _RUNNERS:
            return _RUNNERS[name]
    return None


def _words(node: ast.Call | ast.Assign, meanings: Meanings) -> Iterator[str]:
    match node:
        case ast.Assign(targets=[ast.Attribute(value=options, attr="runner")], value=value):
            if meanings.dotted(options).startswith(_BEAM):
                yield meanings.text(value) or ""
        case ast.Call(func=func) if (dotted := meanings.dotted(func)).startswith(_BEAM):
            if dotted.endswith("Runner"):
                yield dotted
            for keyword in node.keywords:
                if keyword.arg == "runner":
                    yield meanings.text(keyword.value) or meanings.dotted(keyword.value)
            for each in (*node.args, *(keyword.value for keyword in node.keywords)):
                if isinstance(each, ast.List | ast.Tuple):
                    yield from _flags([meanings.text(flag) or "" for flag in each.elts])


def _flags(flags: list[str]) -> Iterator[str]:
    for at, flag in enumerate(flags):
        name, equals, value = flag.partition("=")
        if name == _FLAG:
            yield value if equals else "".join(flags[at + 1 : at + 2])
