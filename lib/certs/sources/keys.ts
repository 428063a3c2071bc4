import { readPem } from '../pem.ts';

/** The octets of a certificate file with those of private keys blanked; lines and offsets of all else stay where they are. */
export function withoutPrivateKeys(bytes: Uint8Array): Uint8Array {
  const { blocks, faults } = readPem(bytes);
  const broken = faults.filter(({ code, label }) => code === 'unterminated' && /PRIVATE KEY/u.test(label));
  const keys = [...blocks.filter(({ kind }) => kind === 'private-key'), ...broken];
  if (keys.length === 0) return bytes;
  const blanked = bytes.slice();
  for (const { start, end } of keys)
    for (let at = start; at < end; at++) if (blanked[at] !== 0x0a && blanked[at] !== 0x0d) blanked[at] = 0x20;
  return blanked;
}
