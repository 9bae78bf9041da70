// Openings: does each value, under its key, give the commitment the entry holds?
import { Flawed, fromBase64, join, same, utf8 } from "./encoding.js";

export async function commit(key, code, value) {
  const data = utf8(value);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, hmac, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", imported, join(utf8(code), length, data));
  return new Uint8Array(mac);
}

// The codes whose values were checked.  A field left unopened is no flaw: its value may have been
// corrected since, and a person may keep one back.
export async function checkOpenings(openings, entry) {
  const codes = openings.map((each) => each.code);
  if (codes.length === 0) throw new Flawed("opening.none");
  if (new Set(codes).size !== codes.length) throw new Flawed("opening.twice");
  for (const { code, value, key } of openings) {
    const recorded = entry.commitments.get(code);
    if (!recorded) throw new Flawed("opening.field", code);
    const raw = fromBase64(key);
    if (raw.length !== 32) throw new Flawed("opening.key", code);
    if (!same(await commit(raw, code, value), recorded)) throw new Flawed("opening.mismatch", code);
  }
  return codes;
}
