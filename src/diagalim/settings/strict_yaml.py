"""YAML read without surprise: a key written twice is an error, not a lost setting.

The library ruamel.yaml 0.19.1 was tried in its place. It refuses double keys with their line, in
English; a date such as 2024-13-45 still fails without its place, and a list is taken for a key:
this module would stay around it. It reads the files of the project 1.4 to 1.8 times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import yaml


class SaidInFrench(yaml.constructor.ConstructorError):
    """Something that YAML allows or trips over and that we refuse; ``problem`` is for the user."""

    def __init__(self, said: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, said, mark)


class NoDoubleKeys(yaml.SafeLoader):
    """Loader that refuses a key written twice; YAML would keep the last one without a word."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return what a node holds; PyYAML lets a date such as 2024-13-45 fail as a ValueError."""
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as error:
            said = f"« {node.value} », date ou nombre impossible"
            raise SaidInFrench(said, node.start_mark) from error

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                said = "une liste ou des accolades en guise de clé"
                raise SaidInFrench(said, key_node.start_mark)
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise SaidInFrench(f"clé « {key} » écrite deux fois", key_node.start_mark)
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


def lines_of(text: str) -> Callable[[Iterable[Any]], int]:
    """Return what gives the line of a key of some YAML, or that of the last known key above it."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)

    def line(keys: Iterable[Any]) -> int:
        node, found = root, root.start_mark.line + 1
        for key in keys:
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            entry = next(((k, v) for k, v in pairs if k.value == str(key)), None)
            if entry is None:
                break
            found, node = entry[0].start_mark.line + 1, entry[1]
        return found

    return line
