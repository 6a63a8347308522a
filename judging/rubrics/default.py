"""The rubric an event starts with: prototypes of civil servants for public service."""

from judging.rubrics.model import Criterion, Rubric
from sandbox.model import Text

DEFAULT_RUBRIC = Rubric(
    (
        Criterion(
            key="manfaat",
            title=Text(id="Manfaat bagi layanan publik", en="Benefit to public service"),
            question=Text(
                id="Seberapa nyata masalahnya, dan seberapa besar prototipe ini meringankan warga atau petugas?",
                en="How real is the problem, and how much does the prototype ease the work of citizens or officers?",
            ),
            weight=30,
            anchors={
                1: Text(
                    id="Masalahnya tidak jelas, atau prototipe tidak menyentuhnya. Tidak terlihat siapa yang terbantu.",
                    en="The problem is unclear, or the prototype does not touch it. Nobody is seen to be helped.",
                ),
                3: Text(
                    id="Masalahnya nyata dan pemakainya jelas. Sebagian pekerjaan menjadi lebih cepat atau "
                    "lebih mudah, tetapi besarnya belum ditunjukkan.",
                    en="The problem is real and its users are clear. Part of the work gets faster or easier, "
                    "but by how much is not shown.",
                ),
                5: Text(
                    id="Masalahnya penting bagi banyak orang. Penghematan waktu, biaya, atau kesalahan "
                    "ditunjukkan dengan angka yang masuk akal dari unit kerja yang nyata.",
                    en="The problem matters to many people. The time, cost or mistakes saved are shown in plausible "
                    "figures from a real office.",
                ),
            },
        ),
        Criterion(
            key="teknis",
            title=Text(id="Mutu teknis", en="Technical quality"),
            question=Text(
                id="Apakah jawabannya benar dan ajek, juga untuk masukan yang sulit? Baca bersama hasil pengujian.",
                en="Are its answers right and steady, hard inputs included? Read it with the measured results.",
            ),
            weight=25,
            anchors={
                1: Text(
                    id="Sering salah, macet, atau gagal pada masukan biasa.",
                    en="Often wrong, stuck, or failing on ordinary input.",
                ),
                3: Text(
                    id="Benar pada kasus umum. Masukan yang ganjil membuatnya salah, tetapi tidak berhenti bekerja.",
                    en="Right in common cases. Odd input makes it wrong, but it keeps working.",
                ),
                5: Text(
                    id="Benar dan ajek, juga pada kasus sulit. Tahu kapan harus berkata tidak tahu. "
                    "Rancangannya sederhana dan dapat dijelaskan.",
                    en="Right and steady, also in hard cases. Knows when to say that it does not know. Its design is "
                    "simple and can be explained.",
                ),
            },
        ),
        Criterion(
            key="inovasi",
            title=Text(id="Inovasi", en="Innovation"),
            question=Text(
                id="Apa yang baru dibandingkan dengan cara yang sudah dipakai instansi lain?",
                en="What is new beside what other agencies already use?",
            ),
            weight=15,
            anchors={
                1: Text(
                    id="Menyalin alat yang sudah ada tanpa penyesuaian.",
                    en="Copies a tool that exists, without adapting it.",
                ),
                3: Text(
                    id="Memakai cara yang sudah dikenal untuk masalah atau data yang belum pernah digarap.",
                    en="Uses a known way on a problem or data that nobody had worked on.",
                ),
                5: Text(
                    id="Gagasan yang segar dan mengubah cara kerja, bukan hanya mempercepatnya. Dapat ditiru "
                    "instansi lain.",
                    en="A fresh idea that changes how the work is done, not only its speed. Other agencies can "
                    "follow it.",
                ),
            },
        ),
        Criterion(
            key="etika",
            title=Text(id="Etika dan tata kelola", en="Ethics and governance"),
            question=Text(
                id="Bagaimana data pribadi dijaga, siapa yang dapat dirugikan, dan siapa yang memutuskan pada "
                "akhirnya?",
                en="How is personal data kept, who could be harmed, and who decides in the end?",
            ),
            weight=15,
            anchors={
                1: Text(
                    id="Asal data tidak jelas atau data pribadi terbuka. Keputusan diserahkan kepada mesin.",
                    en="The source of the data is unclear, or personal data lies open. Decisions are left to a "
                    "machine.",
                ),
                3: Text(
                    id="Asal data disebut dan data pribadi dilindungi. Risiko dikenali, tetapi penanganannya "
                    "masih umum.",
                    en="The source of the data is named and personal data is protected. Risks are known, but "
                    "how they are met stays general.",
                ),
                5: Text(
                    id="Data sah dan secukupnya. Keterbatasan dan kelompok yang dapat dirugikan disebut terus "
                    "terang. Petugas memutuskan, dan keputusannya dapat ditelusuri dan dikoreksi.",
                    en="Data is lawful and no more than needed. Limits and groups that could be harmed are told "
                    "openly. An officer decides, and decisions can be traced and corrected.",
                ),
            },
        ),
        Criterion(
            key="kesiapan",
            title=Text(id="Kesiapan dipakai", en="Readiness to use"),
            question=Text(
                id="Apa yang masih diperlukan agar satu unit kerja dapat memakainya bulan depan?",
                en="What is still needed for one office to use it next month?",
            ),
            weight=15,
            anchors={
                1: Text(
                    id="Baru gagasan. Hanya berjalan di tangan pembuatnya.",
                    en="Still an idea. It runs in its makers' hands only.",
                ),
                3: Text(
                    id="Orang lain dapat mencobanya. Biaya, pemilik, dan sambungan ke sistem yang ada belum jelas.",
                    en="Others can try it. Cost, owner and links to the systems in place are not yet clear.",
                ),
                5: Text(
                    id="Siap diuji di satu unit kerja: mudah dipakai, biayanya dihitung, pemiliknya ada, dan "
                    "cara merawatnya jelas.",
                    en="Ready for a trial in one office: easy to use, its cost known, its owner named, its "
                    "upkeep clear.",
                ),
            },
        ),
    )
)
"""Weights sum to 100. Tracks may have a rubric of their own."""
