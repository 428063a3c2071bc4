import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { lintShared } from '../../cli/lint/jobs.ts';
import type { LintSetup } from '../../cli/lint/linter.ts';
import { limitsFor } from '../../cli/lint/quota.ts';
import type { BatchLinter } from '../../cli/lint/worker.ts';
import { world } from './run.ts';

test('threads end when they cannot be told how to lint', async () => {
  const started: Worker[] = [];
  const note = (worker: Worker): void => void started.push(worker);
  process.on('worker', note);
  const linter: Pick<BatchLinter, 'lint' | 'origins'> = {
    *lint() {},
    origins() {
      throw new Error('no zones');
    },
  };
  const items = Array.from({ length: 9 }, (_, index) => {
    return { index, target: { path: `z${index}.zone`, named: true, config: -1 } };
  });
  const { io } = world({ tick: 100_000 });
  const work = { items, setup: {} as LintSetup, limits: limitsFor('json', undefined), linter: linter as BatchLinter };
  await expect(lintShared({ ...work, jobs: 3, io }, () => {})).rejects.toThrow('no zones');
  process.off('worker', note);
  expect(started.map(({ threadId }) => threadId)).toEqual([-1, -1]);
});
