import type { Io } from '../io.ts';
import { type ColorChoice, lookFor } from '../report/look.ts';

const COLORS: Readonly<Record<string, number>> = { '+': 32, '-': 31, '@': 36 };

/** A unified diff with lines that go red and lines that come green, where colours are wanted. */
export function colouredDiff(octets: Uint8Array, choice: ColorChoice, io: Io): Uint8Array {
  if (!lookFor(io, choice).color) return octets;
  const text = Buffer.from(octets).toString('latin1');
  const lines = text.replace(/^([-+@]).*$/gmu, (line, sign: string) => {
    const bold = line.startsWith('+++') || line.startsWith('---');
    return `\u001b[${bold ? 1 : COLORS[sign]}m${line}\u001b[0m`;
  });
  return Uint8Array.from(Buffer.from(lines, 'latin1'));
}
