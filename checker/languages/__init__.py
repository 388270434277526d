"""The languages in fences besides Python: text -> faults, each by a parser of that language."""

from checker.importing import asleep

# A module is loaded when a block in its language is read: few lessons use all of them.
asleep(
    *(
        f"checker.languages.{each}"
        for each in ("dockerfile", "mermaid", "promql", "properties", "toml_text", "yaml_text")
    )
)
