/** A zone as text with its name; `file` stands in messages. */
export interface ZoneText {
  readonly origin: string;
  readonly text: string;
  readonly file?: string;
}

/** The tag of a zone's template: what it is written around. */
export type ZoneTag = (strings: TemplateStringsArray, ...values: readonly (string | number)[]) => ZoneText;

/**
 * A zone as a template: the text as it would stand in a file, backslashes included, without the indentation that all its
 * lines have. Relative names start from the origin.
 */
export function zone(origin: string): ZoneTag {
  return (strings, ...values) => {
    const parts = strings.raw.map((part) => part.replace(/\\([`$])/gu, '$1'));
    const indent = indentOf(parts);
    const lines = parts.map((part) => part.replace(/\n([ \t]*)/gu, (_, blank: string) => `\n${blank.slice(indent)}`));
    const text = lines.map((line, index) => line + String(values[index] ?? '')).join('');
    return { origin, text: text.replace(/^[ \t]*\n/u, '').replace(/\n[ \t]*$/u, '\n') };
  };
}

/** Blanks at the start of every line that is written in the template itself and holds something. */
function indentOf(parts: readonly string[]): number {
  const last = parts.length - 1;
  const indents = parts.flatMap((part, index) => {
    // Where a part ends, a value goes on with its line, but for the last one.
    const held = index === last ? /\n([ \t]*)(?=[^ \t\r\n])/gu : /\n([ \t]*)(?=[^ \t\r\n]|$)/gu;
    return [...part.matchAll(held)].map(([, blank = '']) => blank.length);
  });
  return indents.length === 0 ? 0 : Math.min(...indents);
}
