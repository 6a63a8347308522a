"""Messages survive any cutting of the stream; nonsense is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.grader.frames import MAX_FRAME_BYTES, BadFrame, FrameBuffer, decode, encode


@given(st.lists(st.text(max_size=30), max_size=5), st.integers(1, 17))
def test_messages_come_through_in_pieces_of_any_size(texts: list[str], size: int) -> None:
    messages = [{"op": "case", "text": text} for text in texts]
    stream = b"".join(encode(message) for message in messages)
    buffer = FrameBuffer()
    read = [
        decode(payload)
        for start in range(0, len(stream), size)
        for payload in buffer.feed(stream[start : start + size])
    ]
    assert read == messages
    assert buffer.empty


def test_a_cut_message_is_not_given() -> None:
    buffer = FrameBuffer()
    assert list(buffer.feed(encode({"op": "case"})[:-1])) == []
    assert not buffer.empty


def test_a_length_beyond_the_limit_is_refused_before_it_comes() -> None:
    with pytest.raises(BadFrame):
        list(FrameBuffer().feed((MAX_FRAME_BYTES + 1).to_bytes(4, "big")))


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b'{"op": 1}', b"{}", b"\xff", b"[" * 100_000])
def test_payloads_that_are_no_message_are_refused(payload: bytes) -> None:
    with pytest.raises(BadFrame):
        decode(payload)
