import { isWithin, nameFromText, nameToText } from '../../../rr/name.ts';
import { lookAt } from '../../../zone/look.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Owners of the zone written in full. */
export const rule: Rule = {
  id: 'style-relative-names',
  group: 'style',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'An owner is written in full where a relative name would do.',
  why: 'The zone name in every line hides what differs, and has to be changed everywhere when the zone is copied.',
  help: 'Write the owner relative to the origin.',
  fix: 'safe',
  byDefault: false,
  bad: { zone: 'www.example.net. A 192.0.2.10 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\n' },
  say: ({ found, expected }) => `the owner is written ${found}; expected ${expected}`,
  check(facts, report) {
    const { zone } = facts;
    const origins = new Origins(facts);
    for (let record = 0; record < zone.count; record++) {
      const origin = origins.of(record);
      const { header, written } = lookAt(zone, record);
      if (origin === undefined || !written || header.ownerWord < 0) continue;
      const found = facts.source(record, 'owner');
      const owner = zone.ownerOf(record);
      if (!found.endsWith('.') || found.endsWith('\\.') || found === '.' || !isWithin(owner, origin)) continue;
      const expected = nameToText(owner, origin);
      if (expected.endsWith('.')) continue;
      const edits = [{ ...facts.span(record, 'owner'), text: expected }];
      const fixes = [{ title: `write ${expected}`, safe: true, edits }];
      report.record(record, 'owner', { args: { found, expected }, fixes });
    }
  },
};

/** The origin in force at each record of the zone's own file, as long as that can be told. */
class Origins {
  private readonly facts: Facts;
  private next = 0;
  private origin: Uint8Array | undefined;

  constructor(facts: Facts) {
    this.facts = facts;
    this.origin = facts.zone.origin;
  }

  of(record: number): Uint8Array | undefined {
    const { zone } = this.facts;
    for (
      let directive = zone.directives[this.next];
      directive !== undefined && directive.before <= record;
      directive = zone.directives[++this.next]
    ) {
      if (directive.kind === 'ORIGIN' && directive.file === 0) this.origin = this.named(directive.start, directive.end);
    }
    return zone.fileOf[record] === 0 ? this.origin : undefined;
  }

  private named(start: number, end: number): Uint8Array | undefined {
    const text = new TextDecoder('latin1').decode(this.facts.zone.files[0]?.bytes.subarray(start, end));
    const [, name] = /^\$ORIGIN[ \t]+([^\s;"()]+)/i.exec(text) ?? [];
    if (name === undefined) return undefined;
    const read = nameFromText(name, this.origin);
    return 'name' in read ? read.name : undefined;
  }
}
