import { TYPE } from '../../../rr/types.ts';
import { oncePerZone } from '../../common-memo.ts';
import type { Facts } from '../../facts.ts';
import type { Example } from '../../rule.ts';

/** The SOA of a zone, its timers in seconds. */
export interface Soa {
  readonly record: number;
  readonly mname: Uint8Array;
  readonly rname: Uint8Array;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}

/** The first SOA at the zone name, undefined when there is none. */
export const soaOf: (facts: Facts) => Soa | undefined = oncePerZone((facts) => {
  const [record] = facts.rrset(facts.zone.apex, TYPE.SOA);
  if (record === undefined) return undefined;
  const mname = facts.nameField(record, 'mname');
  const rname = facts.nameField(record, 'rname');
  if (mname === undefined || rname === undefined) return undefined;
  const number = (field: string): number => facts.numberField(record, field) ?? 0;
  return {
    record,
    mname,
    rname,
    serial: number('serial'),
    refresh: number('refresh'),
    retry: number('retry'),
    expire: number('expire'),
    minimum: number('minimum'),
  };
});

/** A whole zone that shows a SOA; `mark` puts the expectation on its line. */
export function soaZone(soa: string, mark?: 'expect', rest = ''): Example {
  const comment = mark === undefined ? '' : ` ; ${mark}`;
  return {
    whole: true,
    zone: `$TTL 3600\n@ SOA ${soa}${comment}\n@ NS ns.example.com.\n@ NS ns.example.org.\n${rest}`,
  };
}
