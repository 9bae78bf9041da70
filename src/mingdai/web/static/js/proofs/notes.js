// C2SP signed-note, checkpoint and Ed25519 cosignature (types 01 and 04), checked with Web Crypto.
import { Flawed, decimal, fromBase64, join, same, sha256, utf8 } from "./encoding.js";

const MARK = "— ";

export function parseNote(text) {
  const at = text.lastIndexOf("\n\n");
  if (at < 0 || !text.endsWith("\n")) throw new Flawed("note.form");
  const body = text.slice(0, at + 1);
  const signatures = text.slice(at + 2, -1).split("\n").map((line) => {
    const parts = line.startsWith(MARK) ? line.slice(MARK.length).split(" ") : [];
    if (parts.length !== 2) throw new Flawed("note.signature_line");
    const raw = fromBase64(parts[1]);
    if (raw.length < 5) throw new Flawed("note.signature_line");
    return { name: parts[0], keyId: raw.slice(0, 4), signature: raw.slice(4) };
  });
  return { body, signatures };
}

export function parseCheckpoint(body) {
  const lines = body.split("\n");
  if (lines.length < 4 || lines[0] === "") throw new Flawed("checkpoint.form");
  const root = fromBase64(lines[2]);
  if (root.length !== 32) throw new Flawed("checkpoint.root");
  return { origin: lines[0], size: decimal(lines[1]), root };
}

export async function parseVkey(text) {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  if (!found) throw new Flawed("vkey.form");
  const data = fromBase64(found[3]);
  const hash = await sha256(join(utf8(`${found[1]}\n`), data));
  const keyId = hash.slice(0, 4);
  const said = Uint8Array.from(found[2].match(/../g), (each) => parseInt(each, 16));
  if (!same(keyId, said)) throw new Flawed("vkey.id");
  return { name: found[1], keyId, type: data[0], key: data.slice(1) };
}

export async function canCheckEd25519() {
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) return false;
  try {
    // The base point: a well-formed key, imported only to learn whether the browser can.
    const point = join(Uint8Array.of(0x58), new Uint8Array(31).fill(0x66));
    await crypto.subtle.importKey("raw", point, { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

async function ed25519(key, signature, message) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

const linesOf = (note, vkey) =>
  note.signatures.filter((each) => each.name === vkey.name && same(each.keyId, vkey.keyId));

export const bears = (note, vkey) => linesOf(note, vkey).length > 0;

// True when the note bears a good signature of `vkey`; a bad one by a known key is a flaw.
export async function isSignedBy(note, vkey) {
  const theirs = linesOf(note, vkey);
  for (const each of theirs) {
    if (!(await isGood(note.body, each.signature, vkey))) throw new Flawed("note.bad_signature", vkey.name);
  }
  return theirs.length > 0;
}

async function isGood(body, signature, vkey) {
  if (vkey.type === 1) return ed25519(vkey.key, signature, utf8(body));
  if (vkey.type !== 4 || signature.length !== 72) return false;
  const time = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
  const message = utf8(`cosignature/v1\ntime ${time}\n${body}`);
  return ed25519(vkey.key, signature.slice(8), message);
}

export const canBeChecked = (vkey) => vkey.type === 1 || vkey.type === 4;
