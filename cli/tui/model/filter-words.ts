/** The words of a filter; quotes keep blanks, a sign may stand before them. */
export function filterWords(text: string): string[] {
  return [...text.matchAll(/(!?(?:[a-z]+:)?)"([^"]*)"?|(\S+)/gu)].map((match) => match[3] ?? `${match[1]}${match[2]}`);
}

/** A regular expression over the octets of files; capital letters count only where some are given. */
export function patternOf(text: string): { readonly regex: RegExp } | { readonly problem: string } {
  // Files are searched as octets, so that characters beyond ASCII are looked for as those of their UTF-8.
  const source = Buffer.from(text, 'utf8').toString('latin1');
  try {
    return { regex: new RegExp(source, /[A-Z]/u.test(text.replace(/\\[A-Z]/gu, '')) ? 'gm' : 'gim') };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*\/[a-z]*: /u, '') : '';
    return { problem: `"${text}" is no regular expression (${why}).` };
  }
}
