const LONGEST = 40;

/** The text of a message about octets: at most 40 characters, octets that cannot be shown written as `\DDD`. */
export function shown(bytes: Uint8Array, start: number, end: number): string {
  const utf8 = utf8Text(bytes, start, Math.min(end, start + 4 * LONGEST), end);
  if (utf8 !== undefined) return utf8;
  let text = '';
  for (let at = start; at < end; at++) {
    if (text.length >= LONGEST) return `${text.slice(0, LONGEST - 1)}…`;
    const octet = bytes[at] ?? 0;
    text += octet < 0x20 || octet >= 0x7f ? decimalEscape(octet) : String.fromCharCode(octet);
  }
  return text;
}

/** `\DDD` of an octet (RFC 1035 §5.1). */
export function decimalEscape(octet: number): string {
  return `\\${String(octet).padStart(3, '0')}`;
}

/** The characters when the octets are clean UTF-8 with something beyond ASCII in it; undefined otherwise. */
function utf8Text(bytes: Uint8Array, start: number, cut: number, end: number): string | undefined {
  let ascii = true;
  for (let at = start; at < cut; at++) {
    const octet = bytes[at] ?? 0;
    if (octet < 0x20 || octet === 0x7f) return undefined;
    if (octet >= 0x80) ascii = false;
  }
  if (ascii) return undefined;
  const text = new TextDecoder().decode(bytes.subarray(start, cut), { stream: cut < end });
  if (/[\ufffd\u0080-\u009f\u2028-\u202e\u2066-\u2069]/u.test(text)) return undefined;
  const characters = Array.from(text);
  return characters.length > LONGEST || cut < end ? `${characters.slice(0, LONGEST - 1).join('')}…` : text;
}

/** The string of ASCII octets. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 256) return new TextDecoder('latin1').decode(bytes.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
