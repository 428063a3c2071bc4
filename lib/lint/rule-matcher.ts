import type { Rule } from './rule.ts';

/** A glob over ids and groups of rules: `*` stands for any characters. */
export function ruleMatcher(glob: string): (rule: Pick<Rule, 'id' | 'group'>) => boolean {
  const pieces = glob.split('*');
  return ({ id, group }) => fits(pieces, id) || fits(pieces, group);
}

/** Whether a text is made of pieces in their order with anything between them; looks at each character once. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
