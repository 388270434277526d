"""Runs lessons under several versions of pandas."""

from collections.abc import Sequence

from checker.model import Outcome
from checker.pipeline.asking import known_seconds
from checker.pipeline.finishing import Versions
from checker.pipeline.options import Progress
from checker.pipeline.setting_up import Setting, runner_of
from checker.running.job import LessonJob
from checker.running.jobs import mentions, traced


def run_versions(setting: Setting, jobs: Sequence[LessonJob], progress: Progress) -> Versions:
    """The outcomes of the lessons that mention pandas, under each version that was asked for."""
    wanted = [traced(job) for job in jobs if mentions(job, "pandas")]
    versions: dict[str, dict[str, tuple[Outcome, ...]]] = {}
    for version, interpreter in setting.versions.items():
        paths = [job.path for job in wanted]
        progress.begin(f"Running pandas {version}", len(paths), known_seconds(setting, paths))
        with runner_of(setting, interpreter, None) as runner:
            for job in wanted:
                runner.add(job)
            versions[version] = {}
            for job, outcomes in runner.results():
                versions[version][job.path] = outcomes
                progress.advance(job.path)
        progress.end()
    return versions
