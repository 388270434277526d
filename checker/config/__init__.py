"""What a course says about itself: `coursecheck.toml`, or `[tool.coursecheck]` in `pyproject.toml`.

Everything has a default, and a key that does nothing is refused. Paths and globs count from the folder of
the file.
"""

from collections.abc import Iterator
from os.path import relpath
from pathlib import Path

from msgspec.structs import asdict, replace

from checker.config.file import absolute, find_config, read_table, resolve_inside
from checker.config.keys import ConfigKeys
from checker.config.table import to_keys
from checker.errors import ConfigError


class Config(ConfigKeys, frozen=True):
    """The configuration of one run.

    `path` is the file it came from, None when there is none; `folder` is what its globs and paths count
    from. `run.fixtures` is an absolute path here.
    """

    path: str | None = None
    folder: str = "."

    def relative(self, path: str) -> str:
        """A path that is relative to the current folder as the globs see it: from `folder`, with `/`."""
        return Path(relpath(path, self.folder)).as_posix()

    def lab_files(self) -> tuple[Path, ...]:
        """The files that describe the lab, with the Dockerfile beside the requirements if there is one."""
        lab = self.lab
        named = [Path(self.folder, each) for each in (lab.compose, lab.env, lab.requirements) if each]
        beside = Path(self.folder, lab.requirements).with_name("Dockerfile") if lab.requirements else None
        return (*named, beside) if beside and beside.is_file() else tuple(named)

    def setup_files(self) -> Iterator[tuple[str, str]]:
        """The files of `run.setups`, each with the key that names it; paths from `folder`."""
        for index, each in enumerate(self.run.setups):
            yield f"{self.path}: run.setups[{index}].file", each.file

    def service_files(self) -> Iterator[tuple[str, str]]:
        """The files that services are filled from, each with the key that names it; paths from `folder`."""
        kafka, postgresql = self.services.kafka, self.services.postgresql
        for index, topic in enumerate(kafka.topics if kafka else ()):
            if topic.file is not None:
                yield f"{self.path}: services.kafka.topics[{index}].file", topic.file
        for index, name in enumerate(postgresql.init if postgresql else ()):
            yield f"{self.path}: services.postgresql.init[{index}]", name

    def fixture_names(self) -> frozenset[str]:
        """The files that every lesson finds in its working directory, relative to it, with `/`."""
        if self.run.fixtures is None:
            return frozenset()
        folder = Path(self.run.fixtures)
        return frozenset(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def load_config(start: str, explicit: str | None = None) -> Config:
    """The configuration for a run whose first path is `start`.

    It is the file `explicit` when that is given, else the nearest one found upwards from `start`, else all
    defaults. What is wrong with it is a ConfigError of one line: file, key, what was found and expected.
    """
    path = explicit or find_config(start)
    if path is None:
        return Config(folder=str(Path.cwd()))
    keys = to_keys(read_table(path), ConfigKeys, path)
    config = Config(**asdict(keys), path=path, folder=str(absolute(path).parent))
    _refuse_missing_schemas(config)
    _refuse_odd_quantities(config)
    _refuse_folders_elsewhere(config)
    _refuse_missing_lab(config)
    for where, name in config.setup_files():
        resolve_inside(config.folder, name, where, Path.is_file)
    return replace(config, run=replace(config.run, fixtures=_fixtures_folder(config)))


def _refuse_missing_schemas(config: Config) -> None:
    for index, each in enumerate(config.frontmatter.schemas):
        key = f"{config.path}: frontmatter.schemas[{index}].schema"
        resolve_inside(config.folder, each.schema, key, Path.is_file)


def _refuse_missing_lab(config: Config) -> None:
    lab = config.lab
    for key, name in (("compose", lab.compose), ("env", lab.env), ("requirements", lab.requirements)):
        if name is not None:
            resolve_inside(config.folder, name, f"{config.path}: lab.{key}", Path.is_file)


def _refuse_odd_quantities(config: Config) -> None:
    try:
        config.run.job_limits()
    except ValueError as error:
        raise ConfigError(f"{config.path}: {error}") from None


def _refuse_folders_elsewhere(config: Config) -> None:
    """The site's folders lie in the configuration's, and that of the lessons is there.

    The others need not be: git keeps no empty folders.
    """
    site = config.site
    for key, name in (("content", site.content), ("pages", site.pages), ("public", site.public)):
        if name is not None:
            exists = Path.is_dir if key == "content" else _may_be_missing
            resolve_inside(config.folder, name, f"{config.path}: site.{key}", exists)


def _may_be_missing(path: Path) -> bool:
    return path.is_dir() or not path.exists()


def _fixtures_folder(config: Config) -> str | None:
    if config.run.fixtures is None:
        return None
    return resolve_inside(config.folder, config.run.fixtures, f"{config.path}: run.fixtures", Path.is_dir)
