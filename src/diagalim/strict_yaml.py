"""YAML read without surprise: a key written twice is an error, not a lost setting."""

from __future__ import annotations

from typing import Any

import yaml


class NoDoubleKeys(yaml.SafeLoader):
    """Loader that refuses a key written twice; YAML would keep the last one without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"clé « {key} » écrite deux fois", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def load_yaml(text: str) -> Any:
    """Read YAML.

    Raises
    ------
    yaml.YAMLError
        When the text is not YAML, or a key comes twice; carries the line and column.
    """
    return yaml.load(text, Loader=NoDoubleKeys)
