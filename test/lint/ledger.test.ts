import { describe, expect, it } from 'vitest';
import { ledger } from '../../lib/lint/ledger.ts';
import { RULES } from '../../lib/lint/rules.ts';

/** Requirements a lint rule could check and none does, each with the reason. */
const OPEN: Readonly<Record<string, string>> = {
  'CMX-1-a': 'a name: that rules treat MX as before is what every rule about MX shows',
  'CMX-1.2.1-g': 'needs a connection: zonewright probe looks whether a host offers TLS',
  'SRV-2-m': 'needs a connection: zonewright probe looks at TLS versions and ciphers',
};

/** A requirement id, as opposed to a section of another document. */
const REQUIREMENT = /^(?:CMX|SRV)-/;

describe('the ledger of requirements', () => {
  it('has every statement of both drafts once', () => {
    expect(ledger.filter(({ id }) => id.startsWith('CMX-'))).toHaveLength(59);
    expect(ledger.filter(({ id }) => id.startsWith('SRV-'))).toHaveLength(44);
    expect(new Set(ledger.map(({ id }) => id)).size).toBe(103);
  });

  it.each(ledger.map((entry) => [entry.id, entry] as const))(
    '%s says where it stands and what it asks',
    (id, entry) => {
      expect(id).toMatch(/^(?:CMX|SRV)-\d+(?:\.\d+)*-[a-z]\d?$/);
      expect(entry.section).toBe(id.split('-')[1]);
      expect(entry.statement).toMatch(/^[A-Z].{15,}[^.]$/);
      expect(new Set(entry.verify).size).toBe(entry.verify.length);
    },
  );

  it('keeps the requirements of the drafts in order', () => {
    const sections = (prefix: string): string[] =>
      ledger.filter(({ id }) => id.startsWith(prefix)).map(({ section }) => section);
    const inOrder = (list: readonly string[]): string[] =>
      [...list].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    expect(sections('CMX-')).toEqual(inOrder(sections('CMX-')));
    expect(sections('SRV-')).toEqual(inOrder(sections('SRV-')));
  });
});

describe('what the rules cite', () => {
  const cites = RULES.flatMap(({ id, cites: all }) => all.map((cite) => [id, cite] as const));

  it('is never nothing', () => {
    expect(RULES.filter((rule) => rule.cites.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('names requirements of the ledger that a lint rule can check', () => {
    const known = new Map(ledger.map((entry) => [entry.id, entry]));
    const unknown = cites.filter(([, cite]) => REQUIREMENT.test(cite) && !known.has(cite));
    const unchecked = cites.filter(([, cite]) => known.get(cite)?.verify.includes('LINT') === false);
    expect({ unknown, unchecked }).toEqual({ unknown: [], unchecked: [] });
  });

  it('names documents and sections in one shape', () => {
    const shape =
      /^(?:RFC [1-9]\d{1,4}|UTS \d+|RIPE-\d+|CA\/B BR|draft-[a-z0-9-]+|BIND 9 Administrator Reference Manual)(?: §(?:\d+|[A-Z])(?:\.\d+)*)?$/;
    expect(cites.filter(([, cite]) => !REQUIREMENT.test(cite) && !shape.test(cite))).toEqual([]);
  });

  it('leaves open what is written down as open, and nothing else', () => {
    const cited = new Set(cites.map(([, cite]) => cite));
    const open = ledger.filter(({ id, verify }) => verify.includes('LINT') && !cited.has(id));
    console.log(`${open.length} requirements no lint rule checks:`);
    for (const { id, statement } of open) console.log(`  ${id}: ${statement} [${OPEN[id] ?? 'no reason given'}]`);
    expect(open.map(({ id }) => id).sort()).toEqual(Object.keys(OPEN).sort());
  });
});
