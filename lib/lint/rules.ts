import type { Rule } from './rule.ts';
import { rules as bimi } from './rules/bimi/list.ts';
import { rules as caa } from './rules/caa/list.ts';
import { rules as certificates } from './rules/certificates/list.ts';
import { rules as clientMx } from './rules/client-mx/list.ts';
import { rules as dane } from './rules/dane/list.ts';
import { rules as delegation } from './rules/delegation/list.ts';
import { rules as dnsCore } from './rules/dns-core/list.ts';
import { rules as dnssec } from './rules/dnssec/list.ts';
import { rules as mailDkim } from './rules/mail-dkim/list.ts';
import { rules as mailDmarc } from './rules/mail-dmarc/list.ts';
import { rules as mailMx } from './rules/mail-mx/list.ts';
import { rules as mailSpf } from './rules/mail-spf/list.ts';
import { rules as mtaSts } from './rules/mta-sts/list.ts';
import { rules as serviceSrv } from './rules/service-srv/list.ts';
import { rules as smtpTlsSrv } from './rules/smtp-tls-srv/list.ts';
import { rules as style } from './rules/style/list.ts';
import { rules as suppression } from './rules/suppression/list.ts';
import { rules as syntax } from './rules/syntax/list.ts';

/** Every lint rule, by group. */
export const RULES: readonly Rule[] = [
  ...syntax,
  ...dnsCore,
  ...delegation,
  ...dnssec,
  ...mailMx,
  ...mailSpf,
  ...mailDkim,
  ...mailDmarc,
  ...mtaSts,
  ...dane,
  ...bimi,
  ...caa,
  ...serviceSrv,
  ...clientMx,
  ...smtpTlsSrv,
  ...certificates,
  ...style,
  ...suppression,
];

/** A rule by its id, undefined when there is none. */
export function findRule(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}
