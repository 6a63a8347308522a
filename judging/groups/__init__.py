"""Judging groups: judges who judge a part of the field, each entry by some of them or all of it by everybody."""

from judging.groups.errors import GroupInvalid, GroupUnknown
from judging.groups.model import JudgingGroup, Part, divide
from judging.groups.service import change_group, get_group, list_groups, remove_group

__all__ = [
    "GroupInvalid",
    "GroupUnknown",
    "JudgingGroup",
    "Part",
    "change_group",
    "divide",
    "get_group",
    "list_groups",
    "remove_group",
]
