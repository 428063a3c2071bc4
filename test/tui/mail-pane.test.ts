import { expect, test } from 'vitest';
import type { Command } from '../../cli/tui/model/command.ts';
import { reduce } from '../../cli/tui/model/reduce.ts';
import { editorOf } from './model-editor.ts';

const linted = (revision: number): Command => ({ kind: 'event', event: 'linted', revision, problems: [] });

test('the mail domain is looked at once for each revision, however often the linter answers', () => {
  const { state } = reduce(editorOf('@ MX 10 mx1\n'), { kind: 'run', id: 'pane-mail' });
  const { revision } = state.document;
  const first = reduce(state, linted(revision));
  expect(first.effects).toEqual([{ kind: 'mail-tree', revision }]);
  const tree = { kind: 'domain', label: 'example.net', detail: '', state: 'ok', findings: [], children: [] } as const;
  const known = reduce(first.state, { kind: 'event', event: 'mail-tree', revision, tree });
  expect(reduce(known.state, linted(revision)).effects).toEqual([]);
});
