// A receipt, checked step by step: entry, leaf hash, path, root, log signature, witnesses.
// Each step is reported; what a browser cannot check is `unsure`, never `good`.
import { Flawed, decimal, fromBase64, same, toBase64, toHex } from "./encoding.js";
import { decodeEntry } from "./entries.js";
import { checkOpenings } from "./commitments.js";
import { checkInclusion, leafHash } from "./merkle.js";
import { canCheckEd25519, isSignedBy, parseCheckpoint, parseNote } from "./notes.js";
import { cosigners, isQuorumMet, logKey, parsePolicy } from "./policies.js";

export function parseProof(text) {
  const at = text.indexOf("\n\n");
  if (at < 0) throw new Flawed("proof.form");
  const lines = text.slice(0, at).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Flawed("proof.form");
  if (lines[0]?.startsWith("extra ")) throw new Flawed("receipt.extra");
  const index = /^index (\S+)$/.exec(lines.shift() ?? "");
  if (!index) throw new Flawed("proof.index");
  const path = lines.map(fromBase64);
  if (path.some((each) => each.length !== 32)) throw new Flawed("proof.hash");
  return { index: decimal(index[1]), path, checkpoint: text.slice(at + 2) };
}

// `report(step, state, detail)` is called for each step with state good | bad | unsure.
// Returns "verified", "hashes_only" or "flawed"; never "verified" where a step was unsure.
export async function checkReceipt({ receipt, policyText, entryId, openings }, report) {
  const seen = { unsure: false };
  const steps = [checkEntry, checkPath, checkPolicy, checkSignature, checkWitnesses];
  if (openings) steps.push(checkValues);
  for (const step of steps) {
    try {
      await step({ receipt, policyText, entryId, openings, seen, report });
    } catch (problem) {
      report(step.title, "bad", problem instanceof Flawed ? problem.message : String(problem));
      return "flawed";
    }
  }
  return seen.unsure ? "hashes_only" : "verified";
}

async function checkEntry({ receipt, entryId, seen, report }) {
  if (receipt.format !== "mingdai-receipt/1") throw new Flawed("receipt.format");
  const bytes = fromBase64(receipt.entry);
  seen.entry = decodeEntry(bytes);
  if (entryId && toHex(seen.entry.entryId) !== entryId) throw new Flawed("receipt.other_entry");
  report("entry", "good", seen.entry);
  seen.leaf = await leafHash(bytes);
  report("leaf", "good", toHex(seen.leaf));
}
checkEntry.title = "entry";

async function checkPath({ receipt, seen, report }) {
  const proof = parseProof(receipt.proof);
  seen.note = parseNote(proof.checkpoint);
  seen.checkpoint = parseCheckpoint(seen.note.body);
  const { size, root } = seen.checkpoint;
  const found = await checkInclusion(proof.index, size, seen.leaf, proof.path, root);
  report("path", "good", { index: proof.index, size, steps: proof.path.length });
  report("root", "good", toBase64(found));
}
checkPath.title = "path";

async function checkPolicy({ receipt, policyText, seen, report }) {
  seen.policy = await parsePolicy(policyText ?? receipt.policy);
  const { origin } = seen.checkpoint;
  seen.key = logKey(seen.policy, origin);
  if (!seen.key) throw new Flawed("policy.other_log");
  const own = logKey(await parsePolicy(receipt.policy), origin);
  if (!own || !same(own.key, seen.key.key)) throw new Flawed("policy.other_key");
  report("policy", "good", origin);
  seen.canSign = await canCheckEd25519();
}
checkPolicy.title = "policy";

async function checkSignature({ seen, report }) {
  if (!seen.canSign) return unsure(seen, report, "signature");
  if (!(await isSignedBy(seen.note, seen.key))) throw new Flawed("checkpoint.unsigned");
  return report("signature", "good", seen.key.name);
}
checkSignature.title = "signature";

async function checkWitnesses({ seen, report }) {
  if (!seen.canSign) return unsure(seen, report, "witness");
  const { good, unchecked } = await cosigners(seen.policy, seen.note);
  if (!isQuorumMet(seen.policy, good)) {
    if (!isQuorumMet(seen.policy, [...good, ...unchecked])) throw new Flawed("checkpoint.no_quorum");
    return unsure(seen, report, "witness");
  }
  return report("witness", good.length > 0 ? "good" : "none", good.join(", "));
}
checkWitnesses.title = "witness";

async function checkValues({ openings, receipt, seen, report }) {
  if (openings.receipt.entry !== receipt.entry) throw new Flawed("openings.other_entry");
  const codes = await checkOpenings(openings.openings, seen.entry);
  report("values", "good", codes);
}
checkValues.title = "values";

function unsure(seen, report, step) {
  seen.unsure = true;
  report(step, "unsure", "");
}
