"""The worst words that a submission can bring, on every page that shows something of it."""

import re

from hackathon.submissions.uploads import shown_name
from sandbox.model import Failure, Text
from tests.integration.frontend.result.scene import Scene, public_cases, result

TRICKS = "\x1b]0;x\x07\x1b[2J\x9b31m\u202egnp.exe\u2066\u200b<script>alert(1)</script>{{7*7}}=HYPERLINK(1)"
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


async def test_nothing_of_it_is_more_than_text(scene: Scene) -> None:
    submission_id = await scene.hand_in(filename=shown_name("lapo\u202efdp<script>alert(1)<script>.zip"))
    claim = await scene.claim()
    await scene.build(claim)
    await scene.write_log(claim, f"{TRICKS}\n".encode() * 3)
    worst = result(
        public_cases()[0].case_id,
        passed=False,
        failure=Failure.WRONG,
        message=Text(id=f"salah {TRICKS}", en=f"wrong {TRICKS}"),
        got={TRICKS: TRICKS, "isian": {TRICKS: [TRICKS]}},
    )
    await scene.end(claim, public=[worst, *public_cases()[1:]])
    page = f"/pengajuan/{submission_id}"
    for who in (scene.dewi, scene.wira):
        for address in (page, f"{page}?bahasa=en", f"{page}/log", f"{page}/log?cari=hyper", f"{page}/log/baris"):
            answer = await who.get(address)
            assert answer.status == 200, address
            assert "gnp.exe" in answer.text, address
            assert "<script>alert" not in answer.text, address
            hidden = HIDDEN.search(answer.text)
            assert hidden is None, (address, ascii(answer.text[hidden.start() - 100 : hidden.end() + 20]))
            # Templates read no template out of a value.
            assert "{{7*7}}" in answer.text, address


async def test_the_raw_log_is_a_file_and_never_a_page(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    claim = await scene.claim()
    await scene.build(claim)
    await scene.write_log(claim, TRICKS.encode())
    answer = await scene.dewi.get(f"/pengajuan/{submission_id}/log/mentah")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
