// The 512 bytes of a ledger entry; docs/protocol.md, "Entry".  What is not canonical is refused.
import { Flawed } from "./encoding.js";

export const FIELD_CODES = [
  "name", "mobile", "id_number", "id_valid_until", "bank_card",
  "email", "address", "employer", "monthly_income", "housing_fund",
];
const PURPOSES = [
  "", "credit_decision", "onward_transfer", "own_view", "case_handling", "relay", "supervision",
];
const BASES = ["", "consent", "right_of_access", "statutory_duty"];
const ROUTES = ["", "lender_page", "via_credit_agency", "direct", "inside"];
const KINDS = [
  "", "granted", "cost_confirmed", "disclosed", "delivered", "countersigned", "decided",
  "withdrawn", "refused", "erased", "staff_read", "own_view", "notice_accepted", "disbursed",
  "forced_loan", "delivery_failed", "checkpoint_break", "terminated", "asked_refused",
  "sighting", "audited", "bulk_read",
];
const MAGIC = [0x6d, 0x69, 0x6e, 0x67, 0x64, 0x61, 0x69, 1];
const SLOTS = 10;
const SLOTS_AT = 160;

export function decodeEntry(bytes) {
  if (bytes.length !== 512) throw new Flawed("entry.length");
  if (MAGIC.some((each, at) => bytes[at] !== each)) throw new Flawed("entry.version");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const mask = view.getUint16(12);
  const atS = Number(view.getBigUint64(16));
  if (view.getUint16(14) !== 0 || mask >> SLOTS || atS % 60 || atS >= 2 ** 40) malformed();
  if (bytes.slice(480).some((each) => each !== 0)) malformed();
  const slots = FIELD_CODES.map((code, at) => [code, at]).filter(([, at]) => (mask >> at) & 1);
  return {
    kind: pick(KINDS, bytes[8], 1),
    purpose: pick(PURPOSES, bytes[9], 0),
    basis: pick(BASES, bytes[10], 0),
    route: pick(ROUTES, bytes[11], 0),
    atS,
    entryId: bytes.slice(24, 40),
    recipient: readRecipient(bytes.slice(40, 64)),
    subjectTag: bytes.slice(64, 96),
    detail: bytes.slice(96, 128),
    previous: bytes.slice(128, 160),
    fields: slots.map(([code]) => code),
    commitments: new Map(
      slots.map(([code, at]) => [code, bytes.slice(SLOTS_AT + at * 32, SLOTS_AT + at * 32 + 32)]),
    ),
  };
}

function readRecipient(padded) {
  const end = padded.findLastIndex((each) => each !== 0) + 1;
  const text = padded.slice(0, end);
  if (text.some((each) => each < 0x21 || each > 0x7e)) malformed();
  return String.fromCharCode(...text);
}

function pick(codes, at, least) {
  if (at < least || at >= codes.length) malformed();
  return codes[at];
}

function malformed() {
  throw new Flawed("entry.malformed");
}
