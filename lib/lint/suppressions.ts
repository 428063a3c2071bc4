import type { Args, Diagnostic, Fix, Place, Span } from '../text/diagnostic.ts';
import { nearest } from '../text/nearest.ts';
import type { ActiveRule } from './active-rule.ts';
import type { Facts } from './facts.ts';
import type { Group, Rule } from './rule.ts';
import { ruleMatcher } from './rule-matcher.ts';
import { RULES } from './rules.ts';
import { type SuppressionComment, type SuppressionWord, suppressionComments } from './suppression-comments.ts';
import { type Cover, type Covers, coversOf, groupBy } from './suppression-covers.ts';
import { MissingInputs, type RunCheck } from './suppression-inputs.ts';
import { removalEdits } from './suppression-removal.ts';

/** What the comments of a zone are judged with. */
export interface SuppressionInput {
  readonly facts: Facts;
  readonly found: readonly Diagnostic[];
  readonly active: readonly ActiveRule[];
  readonly run: RunCheck;
}

const OWN_GROUP: Group = 'suppression';

/**
 * The findings that no `zonewright-ignore` comment hides, and what is wrong with those comments themselves. Findings of binding
 * rules stay; findings about a comment can be hidden by another one, never by itself.
 */
export function applySuppressions(input: SuppressionInput): readonly Diagnostic[] {
  const comments = suppressionComments(input.facts.zone);
  return comments.length === 0 ? input.found : new Suppressions(input, comments).result();
}

/** A finding, and the comment it is about when it is one of ours. */
interface Candidate {
  readonly diagnostic: Diagnostic;
  readonly about?: SuppressionComment;
}

class Suppressions {
  private readonly input: SuppressionInput;
  private readonly comments: readonly SuppressionComment[];
  private readonly covers: Covers;
  private readonly active: ReadonlyMap<string, ActiveRule>;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly meant = new Map<string, readonly Rule[]>();

  constructor(input: SuppressionInput, comments: readonly SuppressionComment[]) {
    this.input = input;
    this.comments = comments;
    this.covers = coversOf(comments);
    this.active = new Map(input.active.map((one) => [one.rule.id, one]));
    this.rules = new Map([...RULES, ...input.active.map(({ rule }) => rule)].map((rule) => [rule.id, rule]));
  }

  result(): readonly Diagnostic[] {
    const { found } = this.input;
    const shown = this.visible(found.map((diagnostic) => ({ diagnostic })));
    const about = [...this.malformed(), ...this.unknown(), ...this.withoutReason(), ...this.halfBlocks()];
    const isOwn = (cover: Cover): boolean => this.rulesOf(cover.word).some(({ group }) => group === OWN_GROUP);
    const first = this.visible([...about, ...this.unused((cover) => !isOwn(cover))]);
    const second = this.visible([...this.unused(isOwn)]);
    return [...shown, ...first, ...second];
  }

  /** The findings that nothing hides; covers that hide one are marked as used. */
  private visible(candidates: readonly Candidate[]): Diagnostic[] {
    const hidden = new Set<Diagnostic>();
    const { zone } = this.input.facts;
    const names = new Set(zone.files.map(({ name }) => name));
    const main = zone.files[0]?.name ?? '';
    const groups = groupBy(candidates, ({ diagnostic: { rule, place } }) => `${rule} ${place.file.name}`);
    for (const group of groups.values()) {
      const { rule, place } = (group[0] as Candidate).diagnostic;
      const covers = names.has(place.file.name) ? this.coversFor(rule, place.file.name) : [];
      const whole = this.coversFor(rule, main).find(({ comment }) => comment.reach === 'file');
      for (const [candidate, cover] of nearestCovers(group, covers)) {
        const { diagnostic } = candidate;
        const fallback = !names.has(place.file.name) || isAboutZone(diagnostic) ? whole : undefined;
        const by = cover ?? fallback;
        if (by === undefined) continue;
        by.used = true;
        if (this.active.get(rule)?.binding !== true) hidden.add(diagnostic);
      }
    }
    return candidates.map(({ diagnostic }) => diagnostic).filter((diagnostic) => !hidden.has(diagnostic));
  }

  private coversFor(rule: string, file: string): Cover[] {
    const covers = this.covers.byFile.get(file) ?? [];
    return covers.filter(({ word }) => this.rulesOf(word).some(({ id }) => id === rule));
  }

  /** The rules a word means; none when it is unknown. */
  private rulesOf({ text }: SuppressionWord): readonly Rule[] {
    let rules = this.meant.get(text);
    if (rules === undefined) {
      rules = [...this.rules.values()].filter(ruleMatcher(text));
      this.meant.set(text, rules);
    }
    return rules;
  }

  private *malformed(): Generator<Candidate> {
    for (const comment of this.comments) {
      if (comment.fault !== undefined) yield* this.report('suppression-malformed', comment, comment, comment.fault);
    }
  }

  private *unknown(): Generator<Candidate> {
    const guesses = new Map<string, string | undefined>();
    const known = [...this.rules.keys(), ...new Set([...this.rules.values()].map(({ group }) => group))];
    for (const comment of this.comments) {
      for (const word of comment.words) {
        if (this.rulesOf(word).length > 0) continue;
        const { text } = word;
        if (!guesses.has(text)) guesses.set(text, guesses.size < MOST_GUESSES ? nearest(text, known) : undefined);
        const guess = guesses.get(text);
        const args = guess === undefined ? { found: text } : { found: text, guess };
        const fix = { title: `write ${guess} instead of ${text}`, safe: false, file: comment.file };
        const fixes =
          guess === undefined ? [] : [{ ...fix, edits: [{ start: word.start, end: word.end, text: guess }] }];
        yield* this.report('suppression-unknown-rule', comment, word, args, fixes);
      }
    }
  }

  private *withoutReason(): Generator<Candidate> {
    for (const comment of this.comments) {
      if (comment.reason !== '' || comment.reach === 'end' || comment.words.length === 0) continue;
      yield* this.report('suppression-reason-missing', comment, comment, { rules: wordsText(comment.words) });
    }
  }

  private *halfBlocks(): Generator<Candidate> {
    for (const { comment, word } of this.covers.unclosed) {
      yield* this.report('suppression-block-unclosed', comment, word, { rule: word.text });
    }
    for (const { comment, word } of this.covers.unopened) {
      const edits = removalEdits(new Map([[comment, [word]]]));
      const fixes = [{ title: 'remove what ends nothing', safe: true, file: comment.file, edits }];
      yield* this.report('suppression-block-unopened', comment, word, { rule: word.text }, fixes);
    }
  }

  /** Comments whose words hide nothing although the rules they mean are on and had all they look at. */
  private *unused(judged: (cover: Cover) => boolean): Generator<Candidate> {
    const inputs = new MissingInputs(this.input.facts, this.input.run);
    const idle = [...this.covers.byFile.values()].flat().filter((cover) => {
      if (cover.used || !judged(cover)) return false;
      const rules = this.rulesOf(cover.word).map(({ id }) => this.active.get(id));
      return rules.length > 0 && rules.every((one) => one !== undefined && !inputs.misses(one));
    });
    for (const [comment, covers] of byComment(idle)) {
      const words = covers.map(({ word }) => word).sort((a, b) => a.start - b.start);
      const leaving = new Map([[comment, words]]);
      for (const { ended } of covers) {
        if (ended !== undefined) leaving.set(ended.comment, [...(leaving.get(ended.comment) ?? []), ended.word]);
      }
      const all = words.length === comment.words.length;
      const title = all ? 'remove the comment' : `take ${wordsText(words)} out of the comment`;
      const fixes = [{ title, safe: true, file: comment.file, edits: removalEdits(leaving) }];
      const span = all ? comment : { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
      const args = { rules: wordsText(words), reach: comment.reach };
      yield* this.report('suppression-unused', comment, span, args, fixes);
    }
  }

  /** A finding about a comment, when its rule is on. */
  private *report(
    rule: string,
    about: SuppressionComment,
    { start, end }: Span,
    args: Args,
    fixes: readonly Fix[] = [],
  ): Generator<Candidate> {
    const one = this.active.get(rule);
    if (one === undefined) return;
    const { facts } = this.input;
    const place: Place = { file: about.file, span: { start, end } };
    const zone = facts.nameText(facts.zone.apex);
    yield { diagnostic: { rule, severity: one.severity, args, place, zone, related: [], fixes }, about };
  }
}

/** How many unknown words of a zone are compared with all rules. */
const MOST_GUESSES = 200;

/**
 * For each finding of one rule in one file the nearest cover around its start: the one that begins last. Looks once along the
 * covers, which are in the order of their beginnings.
 */
function* nearestCovers(
  group: readonly Candidate[],
  covers: readonly Cover[],
): Generator<readonly [Candidate, Cover | undefined]> {
  const around: Cover[] = [];
  let next = 0;
  const inOrder = [...group].sort((a, b) => a.diagnostic.place.span.start - b.diagnostic.place.span.start);
  for (const candidate of inOrder) {
    const at = candidate.diagnostic.place.span.start;
    for (; next < covers.length && (covers[next] as Cover).from <= at; next++) around.push(covers[next] as Cover);
    while (around.length > 0 && (around.at(-1) as Cover).to <= at) around.pop();
    yield [candidate, around.findLast((cover) => cover.to > at && cover.comment !== candidate.about)];
  }
}

/** Findings about the zone as a whole carry its name and no type. */
function isAboutZone({ name, type }: Diagnostic): boolean {
  return name !== undefined && type === undefined;
}

function byComment(covers: readonly Cover[]): Map<SuppressionComment, Cover[]> {
  const groups = new Map<SuppressionComment, Cover[]>();
  for (const cover of covers) groups.set(cover.comment, [...(groups.get(cover.comment) ?? []), cover]);
  return groups;
}

function wordsText(words: readonly SuppressionWord[]): string {
  return words.map(({ text }) => text).join(', ');
}
