import { describe, expect, test } from 'vitest';
import type { PolicyDemand } from '../../lib/certs/path-policies.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { validatePath } from '../../lib/certs/validate-path.ts';
import { now } from './chains.ts';
import { type Line, type SignedLine, signLine, soundLine } from './line.ts';
import { pem } from './maker.ts';
import { askOpenssl, opensslVersion } from './peers.ts';
import { type Link, type PkitsRow, sections } from './pkits-rows.ts';

const openssl = opensslVersion();
if (openssl === undefined) console.log('openssl is not installed: the comparison with openssl verify is left out');

/** One path under one demand of policies. */
interface Question {
  readonly label: string;
  readonly line: SignedLine;
  readonly demand: PolicyDemand;
  readonly valid: boolean;
  readonly differs: string | undefined;
}

let made = 0;

function lineOf(links: PkitsRow['links']): SignedLine {
  const tag = `P${made++}`;
  const organisation = `O=Line ${tag}`;
  const list = typeof links === 'function' ? links(organisation) : links;
  const line = soundLine(list.length + 1, tag, now);
  const wishes = [...line.wishes];
  for (const [i, link] of list.entries()) {
    const place = list.length - 1 - i;
    const wish = linked(wishes[place]!, wishes[place + 1]!.subject, link);
    wishes[place] = wish;
    // The name and the key of a certificate go into the one below it.
    if (place > 0) wishes[place - 1] = { ...wishes[place - 1]!, issuer: wish.subject };
  }
  return signLine({ ...line, wishes });
}

function linked(wish: Line['wishes'][number], issuer: string, link: Link): Line['wishes'][number] {
  const ids = new Set([...(link.drop ?? []), ...(link.put ?? []).map(({ id }) => id)]);
  const extensions = [...wish.extensions.filter(({ id }) => !ids.has(id)), ...(link.put ?? [])];
  return { ...wish, ...(link.selfIssued === true ? { subject: issuer } : {}), ...link.set, extensions };
}

const questions: readonly Question[] = sections.flatMap(([section, rows]) =>
  rows.flatMap(({ title, links, valid, differs, under }) => {
    const line = lineOf(links);
    const list = under ?? [[{}, valid ?? true] as const];
    return list.map(([demand, wanted]): Question => {
      const asked = Object.keys(demand).length === 0 ? '' : ` under ${JSON.stringify(demand)}`;
      return { label: `${section}: ${title}${asked}`, line, demand, valid: wanted, differs };
    });
  }),
);

test.each(questions)('$label', ({ line, demand, valid }) => {
  const trust = loadTrust([{ name: 'anchor', bytes: Buffer.from(pem(...line.trusted.map(({ der }) => der))) }]);
  const { leaf, others } = line;
  const verdict = validatePath({ leaf, others, trust, role: 'server', eku: 'strict', now, policy: demand });
  expect(verdict.valid, JSON.stringify(verdict.faults)).toBe(valid);
  expect(verdict.unverifiable).toEqual([]);
});

/** The options of `openssl verify` for a demand; it takes no policy for acceptable unless one is named. */
function optionsOf({ acceptable, requireExplicit, inhibitMapping, inhibitAny }: PolicyDemand): string[] {
  return [
    ...['-purpose', 'sslserver', '-policy_check'],
    ...(acceptable ?? ['2.5.29.32.0']).flatMap((policy) => ['-policy', policy]),
    ...(requireExplicit === true ? ['-explicit_policy'] : []),
    ...(inhibitMapping === true ? ['-inhibit_map'] : []),
    ...(inhibitAny === true ? ['-inhibit_any'] : []),
  ];
}

describe.runIf(openssl !== undefined)('openssl verify', () => {
  test('gives the same verdicts, but for the differences that are explained', async () => {
    const groups = new Map<string, Question[]>();
    for (const one of questions) {
      const options = optionsOf(one.demand).join(' ');
      groups.set(options, [...(groups.get(options) ?? []), one]);
    }
    const differing: string[] = [];
    for (const [options, group] of groups) {
      const said = await askOpenssl(
        group.map(({ line }) => line),
        now,
        options.split(' '),
      );
      said.forEach(({ accepts }, i) => {
        if (accepts !== group[i]!.valid) differing.push(group[i]!.label);
      });
    }
    const explained = questions.filter(({ differs }) => differs !== undefined).map(({ label }) => label);
    console.log(`${questions.length} PKITS questions against openssl verify: ${differing.length} differences`);
    expect(differing.sort()).toEqual(explained.sort());
  }, 60_000);
});
