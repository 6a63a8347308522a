"""What test functions of a task ask for: found in their text, so that a wrong name has its line before any runs."""

import ast
from collections.abc import Iterator, Mapping

KNOWN = frozenset({"prototype", "case", "record"})


def unknown_fixtures(files: Mapping[str, bytes]) -> Iterator[tuple[str, int, str]]:
    """File, line and name of each fixture that a test function takes and nobody gives. The files are Python."""
    trees = {name: ast.parse(data) for name, data in files.items()}
    functions = [node for tree in trees.values() for node in tree.body if isinstance(node, ast.FunctionDef)]
    own = {node.name for node in functions if _is_fixture(node)}
    for name, tree in trees.items():
        for node in tree.body if name.startswith("test_") else ():
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for argument in node.args.args:
                    if argument.arg not in KNOWN | own:
                        yield name, argument.lineno, argument.arg


def _is_fixture(node: ast.FunctionDef) -> bool:
    return any("fixture" in ast.unparse(one) for one in node.decorator_list)
