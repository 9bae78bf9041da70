// Bytes and text.  Everything refuses what is not canonical instead of guessing.

export class Flawed extends Error {
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
  }
}

export const utf8 = (text) => new TextEncoder().encode(text);

export function fromBase64(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new Flawed("encoding.base64");
  }
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new Flawed("encoding.base64");
  return bytes;
}

export const toBase64 = (bytes) => btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));

export const toHex = (bytes) => Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const same = (left, right) =>
  left.length === right.length && left.every((each, at) => each === right[at]);

export function decimal(text) {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) throw new Flawed("encoding.decimal");
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Flawed("encoding.decimal");
  return value;
}

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
