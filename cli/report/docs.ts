import { sourceLink } from './links.ts';

/** Where a rule is described, relative to this package. */
export function docsOf(rule: string): string {
  return `docs/rules/${rule}.md`;
}

/** The page of this project on the network, as package.json tells it; a test holds them equal. */
export const homepage: string | undefined = undefined;

/** An absolute address that tells about a rule: its page where the project has one, else the first standard it rests on. */
export function helpUri(rule: string, cites: readonly string[], home: string | undefined): string | undefined {
  if (home !== undefined) return `${home.replace(/\/*(?:#.*)?$/u, '')}/${docsOf(rule)}`;
  return cites.map(sourceLink).find((link) => link !== undefined);
}
