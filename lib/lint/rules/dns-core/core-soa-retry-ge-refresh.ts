import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

/** A retry timer that is not shorter than refresh. */
export const rule: Rule = {
  id: 'core-soa-retry-ge-refresh',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1912 §2.2'],
  what: 'The retry timer of the SOA is not shorter than its refresh timer.',
  why: 'Retry is the wait after a refresh that failed; as long as refresh it makes failures last.',
  help: 'Set retry to a fraction of refresh, such as a half.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 2026112101 3600 7200 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  say: ({ retry, refresh }) =>
    `retry (${period(Number(retry))}) should be shorter than refresh (${period(Number(refresh))})`,
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa === undefined || soa.retry < soa.refresh) return;
    const related = [{ record: soa.record, part: 'refresh', message: 'the refresh timer' }];
    report.record(soa.record, 'retry', { args: { retry: soa.retry, refresh: soa.refresh }, related });
  },
};
