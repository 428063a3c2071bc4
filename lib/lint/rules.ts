import type { Rule } from './rule.ts';
import { rules as certificates } from './rules/certificates/list.ts';
import { rules as clientMx } from './rules/client-mx/list.ts';
import { rules as dnsCore } from './rules/dns-core/list.ts';
import { rules as mailMx } from './rules/mail-mx/list.ts';
import { rules as smtpTlsSrv } from './rules/smtp-tls-srv/list.ts';
import { rules as syntax } from './rules/syntax/list.ts';

/** Every lint rule, by group. */
export const RULES: readonly Rule[] = [...syntax, ...dnsCore, ...mailMx, ...clientMx, ...smtpTlsSrv, ...certificates];

/** A rule by its id, undefined when there is none. */
export function findRule(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}
