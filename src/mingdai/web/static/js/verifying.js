// The verification panel: fetch the receipt and the policy, run the check, show every step.
import { checkReceipt } from "./proofs/receipts.js";

const MARKS = { good: "✓", bad: "✗", unsure: "?", none: "–" };

for (const panel of document.querySelectorAll("[data-verify]")) {
  const button = panel.querySelector("[data-verify-start]");
  button.hidden = false;
  button.addEventListener("click", () => verify(panel, button));
}

async function verify(panel, button) {
  const list = panel.querySelector("[data-verify-steps]");
  const verdict = panel.querySelector("[data-verify-verdict]");
  list.replaceChildren();
  setVerdict(panel, verdict, "running");
  button.disabled = true;
  const report = (step, state, detail) => list.append(line(panel, step, state, detail));
  try {
    setVerdict(panel, verdict, await check(panel, report));
  } catch {
    setVerdict(panel, verdict, "unreachable");
  } finally {
    button.disabled = false;
  }
}

async function check(panel, report) {
  const given = panel.dataset;
  if (!globalThis.crypto?.subtle) return "impossible";
  const [receipt, policyText] = await Promise.all([
    fetch(given.receipt).then(asJson),
    fetch(given.policy).then(asText),
  ]);
  const chosen = panel.querySelector("input[type=file]")?.files[0];
  const openings = chosen ? JSON.parse(await chosen.text()) : undefined;
  return checkReceipt({ receipt, policyText, entryId: given.entryId, openings }, report);
}

function asText(answer) {
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

const asJson = async (answer) => JSON.parse(await asText(answer));

function line(panel, step, state, detail) {
  const item = document.createElement("li");
  const mark = document.createElement("span");
  mark.className = state;
  mark.textContent = MARKS[state];
  const text = document.createElement("span");
  text.textContent = phrase(panel, `${step}.${state}`) || phrase(panel, step);
  item.append(mark, text);
  const shown = describe(panel, step, detail);
  if (shown) {
    const extra = document.createElement("span");
    extra.className = "mono";
    extra.textContent = shown;
    item.append(extra);
  }
  return item;
}

function describe(panel, step, detail) {
  if (step === "path" && detail.size) return `#${detail.index} / ${detail.size} · ${detail.steps}`;
  if (step === "entry" && detail.kind) {
    const at = new Date(detail.atS * 1000).toISOString().slice(0, 16).replace("T", " ");
    return [detail.kind, detail.recipient, detail.fields.join(" "), `${at} UTC`].join(" · ");
  }
  return Array.isArray(detail) ? detail.join(" ") : String(detail ?? "");
}

const phrase = (panel, name) =>
  panel.querySelector("template").content.querySelector(`[data-text="${name}"]`)?.textContent ?? "";

function setVerdict(panel, verdict, state) {
  verdict.hidden = false;
  verdict.dataset.verdict = state;
  const look = { verified: "note-good", flawed: "note-bad", hashes_only: "note-warn" };
  verdict.className = `note mt-3 ${look[state] ?? ""}`;
  verdict.textContent = phrase(panel, `verdict.${state}`);
}
