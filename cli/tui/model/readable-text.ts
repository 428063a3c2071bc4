const decoder = new TextDecoder('utf-8', { fatal: true });

/** Text of RDATA in which escaped octets that are UTF-8 are the characters that people read. */
export function readableText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/(?:\\[12]\d\d)+/gu, (escapes) => {
    const octets = Uint8Array.from(escapes.slice(1).split('\\'), Number);
    try {
      const shown = decoder.decode(octets);
      return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(shown) ? shown : escapes;
    } catch {
      return escapes;
    }
  });
}
