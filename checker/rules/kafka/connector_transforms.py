"""The transformations and predicates of a connector: declarations, configuration and options."""

from collections.abc import Iterator

from checker.rules.kafka.connector_names import Wrong
from checker.rules.kafka.connectors import ConnectorConfig, Setting
from checker.rules.kafka.debezium import is_gone, known_names, owners
from checker.rules.kafka.versions import Version
from checker.spelling import nearest

# Options of every transformation: https://kafka.apache.org/documentation/#connect_transforms
_OF_EVERY = {"transforms": frozenset({"type", "predicate", "negate", "plugin.version"})}
_OF_EVERY["predicates"] = frozenset({"type", "plugin.version"})
# In a separate jar, with scripting:
# https://debezium.io/documentation/reference/stable/transformations/filtering.html
_SCRIPTED = {
    "io.debezium.transforms.Filter": frozenset(
        {"language", "condition", "topic.regex", "null.handling.mode"}
    ),
    "io.debezium.transforms.ContentBasedRouter": frozenset(
        {"language", "topic.expression", "topic.regex", "null.handling.mode"}
    ),
}
# Required options; those of Kafka's own classes are in the table. From the same pages, and
# https://debezium.io/documentation/reference/stable/transformations/topic-routing.html
_REQUIRED = {
    "io.debezium.transforms.Filter": ("language", "condition"),
    "io.debezium.transforms.ContentBasedRouter": ("language", "topic.expression"),
    "io.debezium.transforms.ByLogicalTableRouter": ("topic.regex", "topic.replacement"),
}
# Options with arbitrary suffixes.
_FREE = ("table.fields.additional", "tracing.", "partition.")
# Renamed options: https://debezium.io/documentation/reference/stable/transformations/event-flattening.html
_INSTEAD = {
    "drop.tombstones": "delete.tombstone.handling.mode",
    "delete.handling.mode": "delete.tombstone.handling.mode",
    "table.fields.additional.error.on.missing": "table.field.additional.missing",
    "blacklist": "exclude",
    "whitelist": "include",
}
_SAME_VALUES = frozenset({"blacklist", "whitelist"})
_GONE_CLASSES = {
    "io.debezium.transforms.UnwrapFromEnvelope": "io.debezium.transforms.ExtractNewRecordState",
    "io.debezium.transforms.ComputePartition": "io.debezium.transforms.partitions.PartitionRouting",
}
_NEAR = 0.8


def wrong_transforms(config: ConnectorConfig, version: Version | None) -> Iterator[Wrong]:
    """What Connect rejects in them, and options without effect."""
    for group in ("transforms", "predicates"):
        yield from _group(config, group, version)
    yield from _unknown_predicates(config)


def _group(config: ConnectorConfig, group: str, version: Version | None) -> Iterator[Wrong]:
    declared = config.by_name.get(group)
    names = _names(declared)
    options = list(_options(config, group))
    configured = {name for name, _, _ in options}
    if declared is not None and declared.is_shown:
        for name in names:
            yield from _without_type(config, declared, group, name, configured)
    for setting in (each for name, option, each in options if option == "type" and name not in names):
        if declared is None and (config.elided or not config.whole):
            continue
        if declared is not None and not declared.is_shown:
            continue
        name = setting.name.split(".")[1]
        message = (
            f"`{name}` is not listed in `{group}`, so Connect ignores its whole configuration: add it there"
        )
        yield Wrong(setting, message, certain=config.whole)
    for name, option, setting in options:
        kind = config.value(f"{group}.{name}.type")
        yield from _option(setting, group, kind, option, version)
        if option == "type" and name in names:
            given = {each for other, each, _ in options if other == name}
            yield from _without_required(config, setting, group, kind, given)


def _names(declared: Setting | None) -> list[str]:
    if declared is None or declared.value is None:
        return []
    return [each.strip() for each in declared.value.split(",") if each.strip()]


def _options(config: ConnectorConfig, group: str) -> Iterator[tuple[str, str, Setting]]:
    for setting in config.settings:
        if setting.name.startswith(group):
            prefix, _, rest = setting.name.partition(".")
            name, _, option = rest.partition(".")
            if prefix == group and option:
                yield name, option, setting


def _without_type(
    config: ConnectorConfig, declared: Setting, group: str, name: str, configured: set[str]
) -> Iterator[Wrong]:
    if f"{group}.{name}.type" in config.by_name or config.elided:
        return
    if not config.whole and name not in configured and not configured:
        return  # an excerpt that only shows which exist
    message = f"`{group}.{name}.type` is missing: Connect rejects a connector that declares `{name}` without"
    yield Wrong(declared, f"{message} a class", certain=config.whole or name in configured, of_value=True)


def _without_required(
    config: ConnectorConfig, setting: Setting, group: str, kind: str, given: set[str]
) -> Iterator[Wrong]:
    kind = _canonical(kind)
    known = known_names(kind) if kind in owners() else {}
    required = _REQUIRED.get(kind) or [each.name for each in known.values() if each.required]
    missing = [each for each in required if each not in given]
    names = _SCRIPTED.get(kind) or frozenset(known)
    if not missing or config.elided or not given <= names | _OF_EVERY[group] | {"negate"}:
        return  # misspelt options are reported themselves
    prefix = setting.name.removesuffix("type")
    listed = " and ".join(f"`{prefix}{each}`" for each in missing)
    verb, them = ("is", "it") if len(missing) == 1 else ("are", "them")
    short = kind.rpartition(".")[2].removesuffix("$Value")
    message = f"{listed} {verb} missing: `{short}` does not start without {them}"
    yield Wrong(setting, message, certain=config.whole, of_value=True)


def _option(setting: Setting, group: str, kind: str, option: str, version: Version | None) -> Iterator[Wrong]:
    if option == "type":
        yield from _renamed_class(setting)
    elif group == "predicates" and option == "negate":
        yield _negated_predicate(setting)
    elif kind and option not in _OF_EVERY[group] and not option.startswith(_FREE):
        yield from _option_of_kind(setting, _canonical(kind), option, version)


def _renamed_class(setting: Setting) -> Iterator[Wrong]:
    instead = _GONE_CLASSES.get(setting.value or "")
    if instead:
        message = f"newer versions have no `{setting.value}`: use `{instead}`"
        yield Wrong(setting, message, certain=False, value=instead, of_value=True)


def _negated_predicate(setting: Setting) -> Wrong:
    message = (
        "`negate` belongs to the transformation, not to the predicate, and has no effect here: "
        "write `transforms.NAME.negate` for the transformation with `predicate` "
        f"`{setting.name.split('.')[1]}`"
    )
    return Wrong(setting, message)


def _option_of_kind(setting: Setting, kind: str, option: str, version: Version | None) -> Iterator[Wrong]:
    """An option that its class does not have, or no longer has; nothing for classes that are not known."""
    known = known_names(kind) if kind in owners() else {}
    names = _SCRIPTED.get(kind) or frozenset(known)
    if not known and kind not in _SCRIPTED:
        return
    short = kind.rpartition(".")[2]
    if option not in names:
        near = nearest(option, names, alike=_NEAR)
        hint = f"did you mean `{near}`?" if near else f"it has {_listing(names)}"
        message = f"`{short}` has no option `{option}` and ignores it: {hint}"
        name = setting.name.removesuffix(option) + near if near else ""
        yield Wrong(setting, message, name=name, is_guess=True)
    elif option in known and (gone := is_gone(known[option], version)) is not False:
        instead = _INSTEAD.get(option, "")
        hint = f": write `{instead}`" if instead else ""
        message = f"Debezium {known[option].until} has no `{option}` in `{short}`{hint}"
        name = setting.name.removesuffix(option) + instead if option in _SAME_VALUES else ""
        yield Wrong(setting, message, certain=gone is True, name=name)


def _canonical(kind: str) -> str:
    """`MaskField$Key` has the options of `MaskField$Value`."""
    return kind.removesuffix("$Key") + "$Value" if kind.endswith("$Key") else kind


def _listing(names: frozenset[str]) -> str:
    return ", ".join(f"`{each}`" for each in sorted(names)) or "none"


def _unknown_predicates(config: ConnectorConfig) -> Iterator[Wrong]:
    declared = config.by_name.get("predicates")
    names = _names(declared)
    for _, option, setting in _options(config, "transforms"):
        if option != "predicate" or not setting.is_shown or setting.value in names or config.elided:
            continue
        if declared is None and not config.whole:
            continue
        message = f"`predicates` declares no `{setting.value}`: Connect rejects the connector"
        yield Wrong(setting, message, certain=config.whole, of_value=True)
