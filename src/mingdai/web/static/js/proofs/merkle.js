// The tree of RFC 6962 §2.1; the inclusion check is RFC 9162 §2.1.3.2.
import { Flawed, join, same, sha256 } from "./encoding.js";

export const leafHash = (entry) => sha256(join(Uint8Array.of(0), entry));
export const nodeHash = (left, right) => sha256(join(Uint8Array.of(1), left, right));

const half = (value) => Math.floor(value / 2);

export async function rootFromPath(index, size, leaf, path) {
  if (!(index < size)) throw new Flawed("proof.index_outside");
  let first = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) throw new Flawed("proof.too_long");
    if (first % 2 === 1 || first === last) {
      hash = await nodeHash(sibling, hash);
      while (first % 2 === 0 && first !== 0) [first, last] = [half(first), half(last)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [first, last] = [half(first), half(last)];
  }
  if (last !== 0) throw new Flawed("proof.too_short");
  return hash;
}

export async function checkInclusion(index, size, leaf, path, root) {
  const found = await rootFromPath(index, size, leaf, path);
  if (!same(found, root)) throw new Flawed("proof.other_root");
  return found;
}
