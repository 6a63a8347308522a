"""What is written of a judge, cleaned."""

from collections.abc import Sequence

from hackathon.names import clean_line
from hackathon.teams.agencies import official
from sandbox.model import Text

MOST_SKILLS = 20

_AGENCY, _SKILL = Text(id="Instansi", en="The agency"), Text(id="Keahlian", en="The expertise")


def clean_agency(agency: str) -> str:
    """The agency in the list's spelling. Raises Refusal for one that cannot be."""
    return official(clean_line(agency, what=_AGENCY, longest=200))


def clean_expertise(expertise: Sequence[str]) -> tuple[str, ...]:
    """What a judge knows about, each once, at most so many. Raises Refusal for one that cannot be."""
    found = (clean_line(one, what=_SKILL, longest=80) for one in expertise if one.strip())
    return tuple(dict.fromkeys(found))[:MOST_SKILLS]
