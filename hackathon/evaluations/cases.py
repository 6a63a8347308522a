"""Public cases with their input and expected answer, for whoever shows results or explains a task."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

import structlog

from hackathon.evaluations.catalog import Catalog
from sandbox.errors import TaskInvalid
from sandbox.model import Case

_log = structlog.get_logger(__name__)

_NONE: Mapping[str, Case] = MappingProxyType({})


async def public_cases(catalog: Catalog, slug: str, task_hash: str | None = None) -> Mapping[str, Case]:
    """The public cases of a task by id, in the order of its file; read once a process.

    With `task_hash` only those of exactly that task: a result is never shown beside the cases of another version. Empty
    where this host has no such task.
    """
    # The first time files are read and checked.
    return await asyncio.to_thread(_cases, catalog, slug, task_hash)


def _cases(catalog: Catalog, slug: str, task_hash: str | None) -> Mapping[str, Case]:
    try:
        task = catalog.get(slug)
        if task_hash is not None and task.hash != task_hash:
            return _NONE
        return MappingProxyType({case.id: case for case in catalog.public_cases(task)})
    except TaskInvalid:
        _log.warning("task.unreadable", task=slug, exc_info=True)
        return _NONE
