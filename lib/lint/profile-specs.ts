import type { Severity } from '../text/diagnostic.ts';
import type { OptionValue } from './rule.ts';

/** Named choices of rules with their levels and options; `load` is exactly what makes a name server refuse a zone. */
export type Profile =
  | 'default'
  | 'strict'
  | 'load'
  | 'mtls'
  | 'smtp-tls-srv'
  | 'zonemaster'
  | 'internet.nl'
  | 'no-mail';

/** What a profile is made of. */
export interface ProfileSpec {
  /** One line: whom it is for. */
  readonly what: string;
  /** The rules it starts with: the usual ones, every rule, or those that keep a server from loading the zone. */
  readonly base: 'usual' | 'every' | 'load';
  /** Globs of rules and groups that it has as well. */
  readonly also?: readonly string[];
  /** Globs of rules and groups that it leaves out. */
  readonly without?: readonly string[];
  /** Level of every finding. */
  readonly level?: Severity;
  /** Level by rule id. */
  readonly levels?: Readonly<Record<string, Severity>>;
  /** Options by rule id. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
}

/** The profiles by name. */
export const PROFILE_SPECS: Readonly<Record<Profile, ProfileSpec>> = {
  default: {
    what: 'every rule without known false alarms on healthy zones',
    base: 'usual',
  },
  strict: {
    what: 'every rule, opinions and notes on normal set-ups included',
    base: 'every',
  },
  load: {
    what: 'only what makes a name server refuse the zone, always as an error',
    base: 'load',
    level: 'error',
  },
  mtls: {
    what: 'domains whose mail servers show client certificates: what weakens Client MX counts as broken',
    base: 'usual',
    also: [
      'client-mx-no-dnssec',
      'client-mx-dmarc-missing',
      'client-mx-policy-downgrade',
      'client-mx-subdomain-uncovered',
      'cert-same-key-both-roles',
      'cert-no-sct',
      'dmarc-mtls-strict-alignment',
      'tlsrpt-missing',
    ],
    levels: {
      'client-mx-target-cname': 'error',
      'client-mx-duplicate-case': 'error',
      'client-mx-not-at-mail-domain': 'error',
      'client-mx-without-server-mx': 'error',
      'client-mx-with-null-mx': 'warning',
      'client-mx-ttl-vs-cert': 'warning',
      'client-mx-uppercase': 'warning',
      'client-mx-dmarc-missing': 'warning',
      'client-mx-policy-downgrade': 'warning',
      'client-mx-subdomain-uncovered': 'warning',
      'cert-wildcard-not-exact': 'error',
      'cert-cn-only': 'error',
      'cert-eku-client-missing': 'error',
      'cert-eku-dual-ending': 'warning',
      'cert-missing-for-host': 'error',
      'cert-expires-soon': 'error',
      'cert-unused': 'warning',
    },
  },
  'smtp-tls-srv': {
    what: 'domains that announce TLS by _smtp-tls SRV records: every mail domain has to, and mail must not get lost',
    base: 'usual',
    also: [
      'smtp-tls-srv-missing-for-mail-domain',
      'smtp-tls-srv-cert-lacks-source-domain',
      'smtp-tls-srv-target-foreign',
      'smtp-tls-srv-unsigned-zone',
      'smtp-tls-srv-negative-ttl',
      'smtp-tls-srv-legacy-smtp-label',
    ],
    levels: {
      'smtp-tls-srv-missing-for-mail-domain': 'warning',
      'smtp-tls-srv-unsigned-zone': 'warning',
      'smtp-tls-srv-label-typo': 'error',
      'smtp-tls-srv-wrong-owner': 'error',
      'smtp-tls-srv-submission-port': 'error',
      'smtp-tls-srv-wildcard': 'error',
    },
  },
  zonemaster: {
    what: 'the limits that Zonemaster tests a zone against, as far as a file shows them',
    base: 'usual',
    also: [
      'core-soa-mname-not-ns',
      'deleg-glue-sibling-missing',
      'deleg-no-v6-ns',
      'dnssec-keys-unsigned',
      'dnssec-nsec3-optout-small-zone',
    ],
    without: ['core-soa-serial-*', 'core-soa-not-first'],
    levels: { 'core-soa-retry-low': 'warning', 'mx-missing-mail-domain': 'warning' },
    options: {
      'core-soa-refresh-range': { least: 14_400, most: 2_419_200 },
      'core-soa-retry-low': { least: 3600 },
      'core-soa-expire-range': { least: 604_800, most: 315_360_000 },
      'core-soa-minimum-range': { least: 300, most: 86_400 },
      'dnssec-rrsig-lifetime': { hoursLeft: 12, days: 180 },
      'dnssec-key-weak': { bits: 2048 },
    },
  },
  'internet.nl': {
    what: 'what internet.nl asks of the zone of a mail domain, as far as a file shows it',
    base: 'usual',
    also: [
      'mx-no-aaaa',
      'deleg-no-v6-ns',
      'dmarc-policy-none',
      'dmarc-sp-weaker',
      'caa-missing',
      'tlsa-unsigned-zone',
      'tlsa-mx-in-other-unsigned-zone',
      'client-mx-no-dnssec',
      'smtp-tls-srv-unsigned-zone',
    ],
    levels: {
      'mx-no-aaaa': 'warning',
      'dmarc-missing': 'error',
      'dmarc-policy-none': 'warning',
      'spf-missing': 'error',
      'caa-missing': 'warning',
    },
  },
  'no-mail': {
    what: 'domains that neither send nor take mail: they have to say so',
    base: 'usual',
    also: ['mx-implicit-only', 'dkim-null-domain-wildcard'],
    without: ['certificates', 'client-mx', 'smtp-tls-srv', 'mta-sts', 'bimi', 'mx-missing-mail-domain'],
    levels: {
      'mx-implicit-only': 'warning',
      'spf-null-domain-needs-fail': 'error',
      'dmarc-no-mail-not-reject': 'error',
    },
  },
};
