import { CAA_PARAMETERS, type CaaParameter, listOf, VALIDATION_METHODS } from '../../../mail/caa.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { properties, reportValue, valueFix } from './shared.ts';

/** What is taken for a slip of a parameter; CAs have others of their own that are not far from these. */
const SLIPS: Readonly<Record<string, RegExp>> = {
  accounturi: /^acc?ounts?[-_]?ur[ils]s?$/i,
  validationmethods: /^validation[-_]?methode?s?$/i,
};

/** A name in the parameters of a CAA property is almost a registered one (RFC 8657). */
export const rule: Rule = {
  id: 'caa-parameter-typo',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8657 §3', 'RFC 8657 §4', 'RFC 8555 §9.7.8'],
  what: 'A parameter of a CAA property, or a method in validationmethods, is almost a registered one.',
  why: 'CAs ignore parameters they do not know, so the restriction does not hold; a method they do not know allows nothing.',
  help: 'Write the registered name.',
  fix: 'unsafe',
  bad: { zone: '@ CAA 0 issue "ca.example.org; validationmethods=dns01" ; expect\n' },
  good: { zone: '@ CAA 0 issue "ca.example.org; validationmethods=dns-01"\n' },
  say: ({ owner, found, meant, method }) =>
    `CAA of ${owner} has the ${method === 1 ? 'validation method' : 'parameter'} ${found}; expected ${meant}`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const property of properties(facts)) {
      for (const { word, start, end, meant, method } of (property.issue?.parameters ?? []).flatMap(slipsOf)) {
        reportValue(
          facts,
          report,
          property,
          { start, end },
          {
            args: { owner: bare(facts.ownerText(property.record)), found: word, meant, method },
            fixes: valueFix(facts, property, { start, end }, meant, { title: `write ${meant}`, safe: false }),
          },
        );
      }
    }
  },
};

interface Slip {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly meant: string;
  readonly method: number;
}

function slipsOf(parameter: CaaParameter): readonly Slip[] {
  const { tag, tagStart, tagEnd } = parameter;
  if (!CAA_PARAMETERS.includes(tag)) {
    const meant = CAA_PARAMETERS.find((parameter) => SLIPS[parameter]?.test(tag));
    return meant === undefined ? [] : [{ word: tag, start: tagStart, end: tagEnd, meant, method: 0 }];
  }
  if (tag !== 'validationmethods') return [];
  return listOf(parameter).flatMap((listed) => {
    const { word } = listed;
    // Names with this prefix are the CA's own (RFC 8657 §4).
    if (VALIDATION_METHODS.includes(word) || word.startsWith('ca-')) return [];
    const meant = VALIDATION_METHODS.find((method) => letters(method) === letters(word));
    return meant === undefined ? [] : [{ ...listed, meant, method: 1 }];
  });
}

/** A later version of a method differs in its number, so only case, hyphens and blanks are taken for slips. */
function letters(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^a-z\d]/g, '')
    .replace(/0*1$/, '1');
}
