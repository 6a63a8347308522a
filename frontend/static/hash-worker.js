// SHA-256 of a file, piece by piece: of the whole, and of each part that will be sent. Browsers have none that does not
// want the whole file at once.
import { sha256 } from "./vendor/noble-hashes/sha2.js";

const PIECE = 1024 * 1024;

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

onmessage = async ({ data: { file, partBytes } }) => {
  try {
    const whole = sha256.create();
    const parts = [];
    for (let begin = 0; begin < file.size; begin += partBytes) {
      const end = Math.min(begin + partBytes, file.size);
      const part = sha256.create();
      for (let at = begin; at < end; at += PIECE) {
        const piece = new Uint8Array(await file.slice(at, Math.min(at + PIECE, end)).arrayBuffer());
        whole.update(piece);
        part.update(piece);
      }
      parts.push(hex(part.digest()));
      postMessage({ done: end });
    }
    postMessage({ sha256: hex(whole.digest()), parts });
  } catch (error) {
    // Changed, moved or taken away since it was chosen.
    postMessage({ failed: String(error) });
  }
};
