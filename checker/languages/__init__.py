"""The languages in fences besides Python: text -> faults, each through that language's own parser."""

from checker.importing import asleep

# Few lessons hold all of them: a module runs when a block in its language is read.
asleep(
    *(
        f"checker.languages.{each}"
        for each in ("dockerfile", "mermaid", "promql", "properties", "toml_text", "yaml_text")
    )
)
