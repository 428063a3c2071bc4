import { draftOf } from './words.ts';

/** Where a source can be read: sections of RFCs and of the drafts; undefined for what has no fixed place. */
export function sourceLink(cite: string): string | undefined {
  const [, rfc, section] = /^RFC (\d+)(?: §([0-9A-Z][0-9A-Za-z.]*))?$/u.exec(cite) ?? [];
  if (rfc !== undefined) return `https://www.rfc-editor.org/rfc/rfc${rfc}${anchor(section)}`;
  const draft = draftOf(cite);
  return draft === undefined
    ? undefined
    : `https://datatracker.ietf.org/doc/html/${draft.name}${anchor(draft.section)}`;
}

function anchor(section: string | undefined): string {
  if (section === undefined) return '';
  return /^\d/u.test(section) ? `#section-${section}` : `#appendix-${section}`;
}
