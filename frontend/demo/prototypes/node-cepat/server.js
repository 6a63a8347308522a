// Server HTTP tanpa pustaka luar. Aturan ada di isian.js.
const http = require("http");
const { isi } = require("./isian.js");

http
  .createServer((req, res) => {
    const balas = (badan) => {
      const data = Buffer.from(JSON.stringify(badan));
      res.writeHead(200, { "Content-Type": "application/json", "Content-Length": data.length });
      res.end(data);
    };
    if (req.method === "GET") return balas({ status: "ready" });
    const potongan = [];
    req.on("data", (p) => potongan.push(p));
    req.on("end", () => {
      const { input } = JSON.parse(Buffer.concat(potongan).toString("utf8"));
      const jawaban = Object.fromEntries(input.isian.map((i) => [i.nama, isi(i, input.teks) ?? null]));
      balas({ output: { isian: jawaban } });
    });
  })
  .listen(process.env.PORT);
