import type { LoadedConfig } from '../../lib/config/config.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { counted } from '../report/words.ts';
import {
  type Baseline,
  baselineKey,
  baselineText,
  type FileFindings,
  fileExists,
  goneFiles,
  sayGone,
  updatedBaseline,
} from './baseline.ts';
import type { Failure } from './failure.ts';
import type { ZoneReport } from './linter.ts';
import type { LintRequest } from './request.ts';

/** The baseline of a run: read and applied, or made anew from what the run finds. */
export class KnownFindings {
  readonly path: string;
  readonly known: Baseline;
  readonly updating: boolean;
  private readonly io: Io;
  private hidden = 0;
  private readonly linted = new Map<string, FileFindings>();

  private constructor(path: string, known: Baseline, updating: boolean, io: Io) {
    this.path = path;
    this.known = known;
    this.updating = updating;
    this.io = io;
  }

  /** Reads the baseline that the command line or the configuration names; throws UsageError when it is none. */
  static async open(request: LintRequest, root: LoadedConfig | undefined, io: Io): Promise<KnownFindings | undefined> {
    const path = request.baseline ?? root?.baseline?.value;
    if (path === undefined) {
      if (request.updateBaseline) throw new UsageError('--update-baseline needs the file: give --baseline FILE');
      return undefined;
    }
    if (io.kind(path) === 'missing') {
      if (request.updateBaseline) return new KnownFindings(path, new Map(), true, io);
      throw new UsageError(`no such baseline: ${path}; --update-baseline makes it`);
    }
    const { readBaseline } = await import('./baseline-file.ts');
    return new KnownFindings(path, readBaseline(io.readFile(path), path), request.updateBaseline, io);
  }

  /** Takes what a file gave into account for the new baseline. */
  take(report: ZoneReport | Failure): void {
    if ('problem' in report) return;
    this.hidden += report.hidden;
    if (!this.updating) return;
    const active = new Set(report.active);
    this.linted.set(baselineKey(report.path, this.path, this.io), { counts: report.rules, active });
  }

  /** Writes the new baseline, or says which files of the old one are gone. */
  finish(): readonly string[] {
    const exists = fileExists(this.path, this.io);
    if (!this.updating) {
      const left = this.hidden === 0 ? [] : [`${counted(this.hidden, 'finding')} known to ${this.path} not shown`];
      return [...left, ...goneFiles(this.known, exists).map(sayGone)];
    }
    const file = this.io.createFile(this.path);
    file.write(baselineText(updatedBaseline(this.known, this.linted, exists)));
    file.commit();
    return [];
  }
}
