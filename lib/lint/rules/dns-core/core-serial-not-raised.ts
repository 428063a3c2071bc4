import { sameContent } from '../../../zone/content.ts';
import { isRaised, nextSerial } from '../../../zone/serial.ts';
import { numberFix } from '../../common-fixes.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

const soa = (serial: number): string => `ns.example.com. hostmaster.example.com. ${serial} 7200 3600 1209600 3600`;

/** Records that changed under a serial that did not go up. */
export const rule: Rule = {
  id: 'core-serial-not-raised',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1034 §4.3.5', 'RFC 1982 §3.2', 'RFC 1996 §3.7'],
  what: 'Records changed and the serial did not go up (needs `--since`).',
  why: 'Secondaries compare serials and do not fetch the zone, so the name servers go on giving different answers.',
  help: 'Raise the serial whenever a record changes.',
  bad: { ...soaZone(soa(2026112001), 'expect', 'www A 192.0.2.11\n'), before: beforeOf(2026112001) },
  good: { ...soaZone(soa(2026112101), undefined, 'www A 192.0.2.11\n'), before: beforeOf(2026112001) },
  fix: 'safe',
  say: ({ serial, before, wanted }) =>
    serial === before
      ? `records changed, but the serial is still ${serial}; expected a higher one such as ${wanted}`
      : `records changed, but the serial went from ${before} back to ${serial}; expected a higher one such as ${wanted}`,
  check(facts, report) {
    const { before } = facts;
    if (before === undefined || facts.zone.broken.length > 0 || before.zone.broken.length > 0) return;
    const now = soaOf(facts);
    const then = soaOf(before);
    if (now === undefined || then === undefined || isRaised(then.serial, now.serial)) return;
    if (sameContent(before.zone, facts.zone)) return;
    const wanted = nextSerial(then.serial, facts.today);
    report.record(now.record, 'serial', {
      args: { serial: now.serial, before: then.serial, wanted },
      fixes: numberFix(facts, now.record, 'serial', now.serial, wanted),
    });
  },
};

function beforeOf(serial: number): string {
  return soaZone(soa(serial), undefined, 'www A 192.0.2.10\n').zone;
}
