import { evaluatedTerms, isReference, type SpfAnswers, targetOf } from '../../../mail/spf-answers.ts';
import { type SpfVerdict, spfVerdict } from '../../../mail/spf-evaluate.ts';
import { writeIp4, writeIp6 } from '../../../rr/address.ts';
import { asciiText } from '../../../rr/found.ts';
import { nameToText } from '../../../rr/name.ts';
import { ByteSink } from '../../../text/sink.ts';
import { hostsOf } from '../../common-hosts.ts';
import { spfAnswers, type ZoneSpf } from '../../common-spf.ts';
import type { Facts, MailDomain, MailTarget } from '../../facts.ts';

/** An address of a mail host that SPF does not let send. */
export interface Refused {
  readonly found: ZoneSpf;
  readonly target: MailTarget;
  readonly address: string;
  readonly verdict: SpfVerdict;
}

/** The hosts of mail domains with an address that the domain's SPF record surely refuses; everything not known is left out. */
export function* refusedHosts(
  facts: Facts,
  targetsOf: (domain: MailDomain) => readonly MailTarget[],
): Generator<Refused> {
  const answers = spfAnswers(facts);
  for (const domain of facts.mailDomains) {
    const targets = hostsOf(targetsOf(domain));
    const found = targets.length === 0 ? 'none' : answers.record(facts.zone.names.wire(domain.owner));
    if (typeof found === 'string' || found.facts !== facts || !mayRefuse(found, answers)) continue;
    for (const target of targets) {
      for (const address of answers.addresses(target.wire) ?? []) {
        const verdict = spfVerdict(found, address, answers);
        if (verdict !== 'fail' && verdict !== 'softfail') continue;
        yield { found, target, address: addressText(address), verdict };
        break;
      }
    }
  }
}

/** Whether a record can surely refuse anybody: nothing before its end depends on names that nobody has told us about. */
function mayRefuse({ spf, name }: ZoneSpf, answers: SpfAnswers): boolean {
  if (!spf.valid) return false;
  return evaluatedTerms(spf).every((term) => {
    if (term.kind === 'directive' && (term.mechanism === 'exists' || term.mechanism === 'ptr')) return false;
    if (!isReference(term)) return true;
    const target = targetOf(term, name);
    return target !== undefined && answers.record(target) !== 'unknown';
  });
}

/** `a:host` for a host, undefined for names that SPF cannot write. */
export function hostTerm({ wire }: MailTarget): string | undefined {
  const name = nameToText(wire).slice(0, -1);
  return /^[\w.-]+$/.test(name) ? `a:${name}` : undefined;
}

function addressText(address: Uint8Array): string {
  const out = new ByteSink(48);
  if (address.length === 4) writeIp4(address, 0, out);
  else writeIp6(address, 0, out);
  return asciiText(out.bytes, 0, out.length);
}
