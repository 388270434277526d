"""Prepares a run: the configuration, the interpreters for snippets, and the lab."""

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from checker.config import Config, load_config
from checker.config.file import read_inside
from checker.errors import ConfigError
from checker.pipeline.durations import Durations
from checker.pipeline.executing import Runner, Wanted
from checker.pipeline.options import Options
from checker.reading.lesson import Parse
from checker.reading.setups import Setup, giving
from checker.recalling import Recall
from checker.rules.named import refuse_unknown_rules
from checker.running.choosing import Named, choose_interpreter
from checker.running.interpreter import Interpreter

if TYPE_CHECKING:
    from checker.running.warm import Warm

_SETUP_MAX = 1 << 20  # bytes


class Setting(Struct, frozen=True):
    """What a course is checked with; `versions` are the interpreters whose pandas versions are compared."""

    options: Options
    config: Config
    interpreter: Interpreter
    versions: dict[str, Interpreter]
    recall: Recall
    durations: Durations
    warm: "Warm | None" = None


def configure(options: Options) -> Config:
    """The configuration of the course. Raises ConfigError when it cannot be used."""
    config = load_config(options.paths[0], options.config)
    refuse_unknown_rules(config)
    _refuse_untrusted_broker(options, config)
    return config


def _refuse_untrusted_broker(options: Options, config: Config) -> None:
    """Refuse a real broker when the configuration that names it may be a stranger's."""
    kafka = config.services.kafka
    if kafka is not None and kafka.bootstrap is not None and not _is_trusted(options):
        raise ConfigError(
            f"{config.path}: services.kafka.bootstrap: lessons would reach {kafka.bootstrap} outside the"
            " sandbox, and with CI set the configuration may be a stranger's",
            "Say --trust-config where it cannot come from a fork, or leave it out: the embedded one is used"
            " then.",
        )


def with_setups(config: Config, parse: Parse) -> Parse:
    """Wrap `parse` so that blocks get the hidden code which the configuration has for them."""
    texts = (read_inside(config.folder, name, key, _SETUP_MAX) for key, name in config.setup_files())
    setups = [
        Setup(each.lessons, each.before, text, f"run.setups[{index}].before")
        for index, (each, text) in enumerate(zip(config.run.setups, texts, strict=True))
    ]
    return giving(parse, setups, lambda path: os.path.relpath(path, config.folder).replace(os.sep, "/"))


def interpreter_of(options: Options, config: Config) -> Interpreter:
    """The interpreter that the course's snippets run in."""
    named = Named(config.run.python, config.run.requirements, config.folder)
    started = named if options.start_named else None
    return choose_interpreter(options.python, started, trusted=_is_trusted(options))


def versions_of(options: Options, config: Config, usual: Interpreter) -> dict[str, Interpreter]:
    """The interpreters with the pandas versions that are compared, by version."""
    if not options.pandas:
        return {}
    from checker.running.versions import interpreters

    trusted = _is_trusted(options)
    return interpreters(options.pandas, config.run.pandas, config.folder, usual, trusted=trusted)


def _is_trusted(options: Options) -> bool:
    """Whether the configuration may name programs to start: with CI set it may be a stranger's."""
    return options.trust_config or not os.environ.get("CI")


def runner_of(setting: Setting, interpreter: Interpreter, cache: str | None) -> Runner:
    """A runner for lessons in an interpreter; outcomes are remembered in the folder `cache`, if any."""
    options = setting.options
    tiers = options.sandbox, options.require_tier
    cluster = options.cluster, options.say
    return Runner(Wanted(setting.config, interpreter, *tiers, cache, options.jobs, setting.warm, *cluster))
