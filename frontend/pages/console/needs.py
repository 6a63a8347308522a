"""What needs a person, in words: what happened, what it means, where to act."""

from dataclasses import dataclass
from datetime import datetime

from frontend import formats
from frontend.language import Language, say, say_count
from frontend.pages.console.desk import age
from frontend.pages.console.machines import missing_room, missing_walls, titles_of
from hackathon.oversight import Need, NeedKind, Thresholds


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: `mark` with its `icon` says of what kind it is, `action` leads to `link`."""

    urgent: bool
    icon: str
    mark: str
    title: str
    detail: str
    action: str
    link: str


def tell(need: Need, root: str, now: datetime, language: Language) -> Item:
    """A need in words; `root` is the event's address in the console."""
    words = _Words(need, root, now, language)
    match need.kind:
        case NeedKind.NO_WORKER | NeedKind.WORKER_SILENT | NeedKind.WORKER_SICK:
            return words.of_workers()
        case NeedKind.FAILED_BY_US | NeedKind.RUNNING_LONG | NeedKind.WAITING_LONG:
            return words.of_queue()
        case NeedKind.NOT_FIXED | NeedKind.FINAL_UNPLANNED | NeedKind.NOTHING_TO_JUDGE:
            return words.of_finals()
        case NeedKind.IMAGE_UNSAVED:
            return words.of_images()
        case NeedKind.MIRROR_DOWN | NeedKind.INDEX_DOWN:
            return words.of_mirrors()
        case _:
            return words.of_rest()


@dataclass(frozen=True, slots=True)
class _Words:
    need: Need
    root: str
    now: datetime
    language: Language

    def of_workers(self) -> Item:
        need, language = self.need, self.language
        if need.kind is NeedKind.NO_WORKER:
            title = say(language, "Belum ada pekerja yang aktif")
            detail = (
                say_count(
                    language,
                    "{n} pengajuan menunggu, yang tertua sudah {age}. Jalankan `gelanggang worker` di mesin penguji.",
                    need.count,
                    self._n,
                    age=self._age,
                )
                if need.count
                else say(language, "Belum ada yang menunggu. Jalankan `gelanggang worker` sebelum tim mengirim.")
            )
        elif need.kind is NeedKind.WORKER_SILENT:
            title = say(language, "Pekerja {host} tidak menjawab {age}", host=need.name, age=self._age)
            detail = (
                say_count(
                    language,
                    "{n} pengujian yang dipegangnya segera diambil alih pekerja lain. Tidak ada tim yang dirugikan.",
                    need.count,
                    self._n,
                )
                if need.count
                else say(language, "Tidak ada pengujian yang tertahan. Periksa apakah mesinnya masih hidup.")
            )
        else:
            title = say(language, "Pekerja {host} tidak dapat menguji", host=need.name)
            detail = self._sick()
        link, action = f"{self.root}/antrean#pekerja", say(language, "Lihat pekerja")
        return Item(need.urgent, "server", say(language, "Mesin"), title, detail, action, link)

    def _sick(self) -> str:
        need, language = self.need, self.language
        if names := missing_walls(need.detail):
            walls = ", ".join(titles_of(names, language))
            return say(
                language,
                "Ia menolak bekerja, dinding ini tidak ada: {walls}. Yang perlu dilakukan ada di Mesin uji.",
                walls=walls,
            )
        if disks := missing_room(need.detail):
            return say(
                language,
                "Diska hampir penuh ({disks}). Kosongkan atau tambah ruang; pekerja mulai lagi sendiri.",
                disks=disks,
            )
        return say(language, "Mesin container tidak siap: {reason}. Pekerja mencoba lagi sendiri.", reason=need.detail)

    def of_queue(self) -> Item:
        need, language = self.need, self.language
        link, action = f"{self.root}/antrean", say(language, "Lihat antrean")
        if need.kind is NeedKind.FAILED_BY_US:
            title = say_count(language, "{n} pengujian berulang kali gagal di pihak kami", need.count, self._n)
            detail = say(
                language,
                "Terparah {team}: {reason}. Terus dicoba, tanpa mengurangi jatah tim.",
                team=need.name,
                reason=need.detail,
            )
            return Item(need.urgent, "circle-alert", say(language, "Mesin"), title, detail, action, link)
        if need.kind is NeedKind.RUNNING_LONG:
            title = say(language, "{team} sudah diuji {age}", team=need.name, age=self._age)
            limit = age(Thresholds().running, language)
            detail = say_count(
                language,
                "{n} pengujian melewati batas wajar {limit}. Ini di pekerja {host}.",
                need.count,
                self._n,
                limit=limit,
                host=need.detail,
            )
            return Item(need.urgent, "hourglass", say(language, "Antrean"), title, detail, action, link)
        title = say(language, "{team} menunggu {age}", team=need.name, age=self._age)
        limit = age(Thresholds().waiting, language)
        detail = say_count(
            language,
            "{n} pengajuan menunggu lebih lama dari batas wajar {limit}. Tambah pekerja bila antrean terus panjang.",
            need.count,
            self._n,
            limit=limit,
        )
        return Item(need.urgent, "hourglass", say(language, "Antrean"), title, detail, action, link)

    def of_finals(self) -> Item:
        need, language = self.need, self.language
        link, action = f"{self.root}/keikutsertaan", say(language, "Lihat keikutsertaan")
        if need.kind is NeedKind.NOT_FIXED:
            title = say_count(language, "{n} tim belum punya versi yang ditetapkan untuk juri", need.count, self._n)
            detail = say(
                language,
                "Batas waktunya lewat {age}, tetapi pengujian versinya belum selesai. Juri belum dapat mulai menilai.",
                age=self._age,
            )
        elif need.kind is NeedKind.FINAL_UNPLANNED:
            title = say_count(language, "{n} pengujian akhir belum dapat dijadwalkan", need.count, self._n)
            detail = say(
                language,
                "Versinya ditetapkan {age} lalu. Periksa berkas tugas uji dan log `gelanggang serve`; terus dicoba.",
                age=self._age,
            )
        else:
            title = say_count(language, "{n} tim tidak punya versi yang dapat dinilai", need.count, self._n)
            detail = say(
                language, "Kirimannya tidak ada yang terhitung. Beri waktu tambahan, atau putuskan tanpa penilaian."
            )
        return Item(need.urgent, "flag", say(language, "Juri"), title, detail, action, link)

    def of_images(self) -> Item:
        need, language = self.need, self.language
        title = say_count(
            language, "{n} image pengajuan belum tersimpan sejak {age} lalu", need.count, self._n, age=self._age
        )
        detail = say(
            language,
            "Terlama {team}, pengajuan ke-{number}: {reason}. Periksa penyimpanan berkas (`GELANGGANG_OBJECTS_URL`)"
            " dan mesin container; dicoba lagi sendiri tiap menit."
            " Jangan hapus image dari mesin uji sebelum tersimpan.",
            team=need.name,
            number="?" if need.number is None else formats.whole(need.number, language),
            reason=need.detail.rstrip("."),
        )
        link = f"{self.root}/keikutsertaan" + ("" if need.entry_id is None else f"/{need.entry_id}")
        action = say(language, "Lihat pengajuan")
        return Item(need.urgent, "server", say(language, "Image"), title, detail, action, link)

    def of_mirrors(self) -> Item:
        need, language = self.need, self.language
        if need.kind is NeedKind.INDEX_DOWN:
            title = say(
                language, "Indeks paket di balik cermin {host} tidak menjawab {age}", host=need.name, age=self._age
            )
            detail = say(
                language,
                "Build yang meminta paket baru menunggu dan diulang sendiri, tanpa mengurangi jatah tim; paket yang"
                " sudah tersimpan tetap terpasang. Periksa jaringan mesin itu ke indeks paket: {reason}.",
                reason=need.detail.rstrip("."),
            )
        else:
            title = say(language, "Cermin paket di {host} tidak menjawab {age}", host=need.name, age=self._age)
            detail = say(
                language,
                "Build yang memasang paket menunggu dan diulang sendiri, tanpa mengurangi jatah tim. Jalankan lagi"
                " `gelanggang mirror` di mesin itu: {reason}.",
                reason=need.detail.rstrip("."),
            )
        link, action = f"{self.root}/antrean#mesin", say(language, "Lihat mesin uji")
        return Item(need.urgent, "server", say(language, "Paket"), title, detail, action, link)

    def of_rest(self) -> Item:
        need, language = self.need, self.language
        if need.kind is NeedKind.DISK:
            left = f"{formats.score(need.count / 1e9, language)} GB"
            title = (
                say(language, "Ruang di mesin uji {host} tinggal {left}", host=need.detail, left=left)
                if need.detail
                else say(language, "Ruang simpan tinggal {left}", left=left)
            )
            detail = (
                say(language, "Build di {folder} berhenti bila habis. Kosongkan atau tambah ruang.", folder=need.name)
                if need.detail
                else say(
                    language,
                    "Unggahan dan log di {folder} gagal bila habis. Kosongkan atau tambah ruang.",
                    folder=need.name,
                )
            )
            return Item(need.urgent, "server", say(language, "Ruang"), title, detail, "", "")
        if need.kind is NeedKind.OUTBOX_STUCK:
            title = say(language, "Papan dan rekam jejak tertinggal {age}", age=self._age)
            detail = say(
                language, "Kejadian baru belum diteruskan. Tidak ada yang hilang; periksa catatan `gelanggang serve`."
            )
            return Item(need.urgent, "circle-alert", say(language, "Papan"), title, detail, "", "")
        if need.kind is NeedKind.MAIL_STUCK:
            title = say_count(language, "{n} surel belum terkirim", need.count, self._n)
            detail = (
                say(language, "Yang tertua menunggu {age}. Periksa setelan SMTP.", age=self._age)
                if need.since
                else say(language, "Pengirimannya sudah dihentikan setelah berulang kali gagal. Periksa setelan SMTP.")
            )
            return Item(need.urgent, "mail", say(language, "Surel"), title, detail, "", "")
        title = say_count(language, "{n} tim menunggu persetujuan", need.count, self._n)
        detail = say(
            language, "Yang pertama sudah menunggu {age}. Tim baru dapat mengirim setelah disetujui.", age=self._age
        )
        link, action = f"{self.root}/tim?keadaan=menunggu", say(language, "Periksa tim")
        return Item(need.urgent, "users", say(language, "Tim"), title, detail, action, link)

    @property
    def _age(self) -> str:
        return age(self.now - (self.need.since or self.now), self.language)

    @property
    def _n(self) -> str:
        return formats.whole(self.need.count, self.language)
