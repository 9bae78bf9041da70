// C2SP tlog-policy: whose log, which witnesses, how many of them.
import { Flawed, decimal } from "./encoding.js";
import { bears, canBeChecked, isSignedBy, parseVkey } from "./notes.js";

export async function parsePolicy(text) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null };
  for (const line of text.split("\n")) {
    const words = line.trim().split(/\s+/);
    if (words[0] === "" || words[0].startsWith("#")) continue;
    await readLine(policy, words);
  }
  if (policy.logs.length === 0 || policy.quorum === null) throw new Flawed("policy.incomplete");
  return policy;
}

async function readLine(policy, [keyword, ...words]) {
  if (keyword === "log" && words.length >= 1) {
    policy.logs.push(await parseVkey(words[0]));
  } else if (keyword === "witness" && words.length >= 2 && isFree(policy, words[0])) {
    policy.witnesses.set(words[0], await parseVkey(words[1]));
  } else if (keyword === "group" && words.length >= 3 && isFree(policy, words[0])) {
    policy.groups.set(words[0], { need: words[1], members: words.slice(2) });
  } else if (keyword === "quorum" && words.length === 1 && policy.quorum === null) {
    [policy.quorum] = words;
  } else {
    throw new Flawed("policy.line");
  }
}

const isFree = (policy, name) =>
  name !== "none" && !policy.witnesses.has(name) && !policy.groups.has(name);

// The witnesses whose cosignature is good, and those whose kind (ML-DSA) no browser can check yet.
export async function cosigners(policy, note) {
  const seen = { good: [], unchecked: [] };
  for (const [name, vkey] of policy.witnesses) {
    if (!canBeChecked(vkey)) {
      if (bears(note, vkey)) seen.unchecked.push(name);
    } else if (await isSignedBy(note, vkey)) {
      seen.good.push(name);
    }
  }
  return seen;
}

export const logKey = (policy, origin) =>
  policy.logs.find((each) => each.name === origin && each.type === 1);

export function isQuorumMet(policy, good, name = policy.quorum, depth = 0) {
  if (depth > 16) throw new Flawed("policy.loop");
  if (name === "none") return true;
  if (policy.witnesses.has(name)) return good.includes(name);
  const group = policy.groups.get(name);
  if (!group) throw new Flawed("policy.unknown_name");
  const met = group.members.filter((each) => isQuorumMet(policy, good, each, depth + 1)).length;
  return met >= needed(group);
}

function needed({ need, members }) {
  if (need === "any") return 1;
  if (need === "all") return members.length;
  const count = decimal(need);
  if (count < 1 || count > members.length) throw new Flawed("policy.threshold");
  return count;
}
