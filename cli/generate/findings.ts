import type { MailPlan } from '../../lib/edit/generate-plan.ts';
import type { SourceFile } from '../../lib/text/diagnostic.ts';
import { LineTable } from '../../lib/text/lines.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import type { Io } from '../io.ts';
import { loadCertificates } from '../lint/certificates.ts';
import { besideSpec } from './spec.ts';

/** Octets of the file of a zone that are looked at. */
export interface LookedAt {
  readonly start: number;
  readonly end: number;
}

/** What the usual rules find in a zone that was generated, one line each; with `within`, only in that part of its file. */
export async function findingsOf(
  zone: Zone,
  { plan, spec, within }: { readonly plan: MailPlan; readonly spec: string; readonly within?: LookedAt },
  io: Io,
): Promise<readonly string[]> {
  const [{ lintZone }, { activeRules }, { RULES }] = await Promise.all([
    import('../../lib/lint/engine.ts'),
    import('../../lib/lint/profiles.ts'),
    import('../../lib/lint/rules.ts'),
  ]);
  const { active } = activeRules(RULES, { profile: 'default', select: [], ignore: [], levels: new Map() });
  const wanted = plan.certificates.map(({ file, roles }) => ({
    text: besideSpec(spec, file),
    roles,
    as: 'file' as const,
  }));
  const { given, files } = await loadCertificates(wanted, io);
  const policies = plan.policies.map(({ domain, text }) => {
    const file: SourceFile = { name: `${domain}.mta-sts.txt`, bytes: new TextEncoder().encode(text) };
    return { domain, file };
  });
  const input = { zone, certificates: given, certificateFiles: files, policies, now: io.now() };
  const says = new Map(RULES.map((rule) => [rule.id, rule]));
  return lintZone(input, active).flatMap(({ rule, severity, args, place }) => {
    const { file, span } = place;
    const isOurs =
      within === undefined || (file === zone.files[0] && span.start >= within.start && span.start < within.end);
    if (!isOurs) return [];
    const { line, column } = new LineTable(file.bytes).position(span.start);
    return [`${file.name}:${line}:${column}: ${severity} ${rule}: ${says.get(rule)?.say(args) ?? rule}`];
  });
}
