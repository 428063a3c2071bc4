import { TYPE } from '../rr/types.ts';
import type { RecordDraft } from './generate-draft.ts';
import { bareText, type SpecNames } from './generate-names.ts';
import type { MailPolicy, SpecFiles } from './generate-plan.ts';
import type { Placed } from './generate-values.ts';

/** What the settings of domains are read with, and what they leave for others. */
export interface DomainContext {
  readonly names: SpecNames;
  readonly draft: RecordDraft;
  readonly files: SpecFiles;
  readonly policies: MailPolicy[];
  /** Hosts that take mail with the ports at which they do, by name. */
  readonly served: Map<string, { readonly host: Uint8Array; readonly ports: Set<number> }>;
  /** Hosts that send mail, by name. */
  readonly sending: Map<string, Uint8Array>;
  /** Every other host that a setting names. */
  readonly mentioned: Map<string, Uint8Array>;
}

/** Hosts in an order of choice; undefined when the setting is absent, `none` when it says so. */
export type RankedHosts = 'none' | readonly { readonly at: Placed; readonly host: Uint8Array; readonly rank: number }[];

/** The settings of one domain. */
export interface DomainReading extends DomainContext {
  readonly domain: Uint8Array;
  readonly receives: RankedHosts | undefined;
  readonly sends: RankedHosts | undefined;
  setting(name: string): Placed | undefined;
}

/** The address of a web server or other helper, as an alias of a host; nothing when the name is a host itself. */
export function addAlias(reading: DomainReading, at: Placed, label: string, comment: string): void {
  const { names, draft, domain } = reading;
  const host = names.host(at);
  const owner = names.below(at, label, domain);
  if (host === undefined || owner === undefined) return;
  reading.mentioned.set(bareText(host), host);
  if (bareText(owner) !== bareText(host)) draft.add(at, comment, owner, TYPE.CNAME, host);
}
