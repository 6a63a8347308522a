"""The benchmark tasks that ship with the product: one folder each, read by `sandbox.tasks`."""

from pathlib import Path

from sandbox.tasks import Task, find_tasks, load_task

__all__ = ["available", "folder", "load"]


def folder() -> Path:
    """Where the shipped tasks are."""
    return Path(__file__).parent


def available() -> dict[str, Task]:
    """Every shipped task by slug. Raises sandbox.errors.TaskInvalid."""
    return find_tasks(folder())


def load(slug: str) -> Task:
    """The shipped task of that slug. Raises KeyError for an unknown one, TaskInvalid for a broken one."""
    # Compared with what is there, never joined: a slug comes from people.
    if slug not in {path.parent.name for path in folder().glob("*/task.toml")}:
        raise KeyError(slug)
    return load_task(folder() / slug)
