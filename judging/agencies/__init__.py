"""Names of agencies: which may mean one although they are spelled apart, and what organizers said of them."""

from judging.agencies.likeness import alike
from judging.agencies.model import Answer, Between, Holder, Question, between, key_of, pair_of, questions

__all__ = ["Answer", "Between", "Holder", "Question", "alike", "between", "key_of", "pair_of", "questions"]
