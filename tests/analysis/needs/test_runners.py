"""Runners that are named by a word, silent cases first."""

import pytest

from tests.analysis.lessons import of_blocks

BEAM = "import apache_beam as beam\nfrom apache_beam.options.pipeline_options import PipelineOptions\n"
STANDARD = "from apache_beam.options.pipeline_options import StandardOptions\n"
DATAFLOW = "Google Cloud for its Dataflow runner"
SERVER = "a job server for its Beam runner"


def services(code: str) -> list[str]:
    return [want.words for want in of_blocks(code).needs[0].wants if want.need.kind == "service"]


@pytest.mark.parametrize(
    "code",
    [
        BEAM + "with beam.Pipeline() as p:\n    p | beam.Create([1])",
        BEAM + "beam.Pipeline(options=PipelineOptions(runner='DirectRunner'))",
        BEAM + "beam.Pipeline(runner='direct')",
        BEAM + "from apache_beam.runners import DirectRunner\nbeam.Pipeline(runner=DirectRunner())",
        BEAM + "PipelineOptions(['--runner=InteractiveRunner'])",
        BEAM + "PipelineOptions(['--runner'])",
        BEAM + "PipelineOptions(['--project=dataflow', '--job_name', 'DataflowRunner'])",
        BEAM + "PipelineOptions(runner=runner)",
        BEAM + "options = PipelineOptions()\noptions.view_as(StandardOptions).streaming = True",
        BEAM + "beam.Map(print, 'DataflowRunner')",
        BEAM + "def deploy():\n    return beam.Pipeline(runner='DataflowRunner')",
        "import other\nother.Pipeline(runner='DataflowRunner')",
        "job = other()\njob.runner = 'DataflowRunner'",
        "import apache_beam as beam\nbeam.transforms.Windows()",
    ],
)
def test_what_runs_here(code: str) -> None:
    assert services(code) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (BEAM + "PipelineOptions(project='a', runner='DataflowRunner')", DATAFLOW),
        (BEAM + "NAME = 'dataflow'\nbeam.Pipeline(runner=NAME)", DATAFLOW),
        (BEAM + "PipelineOptions(['--project=a', '--runner=TestDataflowRunner'])", DATAFLOW),
        (BEAM + "PipelineOptions(flags=['--runner', 'DataflowRunner', '--project', 'a'])", DATAFLOW),
        (BEAM + "from apache_beam.runners import DataflowRunner\nDataflowRunner()", DATAFLOW),
        (BEAM + "from apache_beam.runners import DataflowRunner as R\nbeam.Pipeline(runner=R)", DATAFLOW),
        (
            BEAM + STANDARD + "o = PipelineOptions()\no.view_as(StandardOptions).runner = 'DataflowRunner'",
            DATAFLOW,
        ),
        (BEAM + "def run():\n    beam.Pipeline(runner='FlinkRunner')\nrun()", SERVER),
        (BEAM + "PipelineOptions(['--runner=PortableRunner', '--job_endpoint=localhost:8099'])", SERVER),
        (BEAM + "PipelineOptions(runner='SparkRunner')", SERVER),
    ],
)
def test_what_runs_elsewhere(code: str, words: str) -> None:
    assert list(dict.fromkeys(services(code))) == [words]
