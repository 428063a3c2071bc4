import { describe, expect, test } from 'vitest';
import { gitAnswer, gitArguments, gitOptions } from '../../cli/io-git.ts';

const failed = (code: string): Error => Object.assign(new Error(code), { code });
const none = new Uint8Array();

describe('a process of git', () => {
  test('gets no variables that would lead it elsewhere', () => {
    const { env, cwd, shell } = gitOptions(
      { folder: '/x', most: 1 },
      { GIT_DIR: '/y', GIT_INDEX_FILE: '/z', HOME: '/h' },
    );
    expect(env).toMatchObject({ HOME: '/h', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' });
    expect(Object.keys(env)).not.toContain('GIT_DIR');
    expect(Object.keys(env)).not.toContain('GIT_INDEX_FILE');
    expect({ cwd, shell }).toEqual({ cwd: '/x', shell: false });
    expect(gitArguments(['log']).join(' ')).toMatch(/^--no-pager .*core\.fsmonitor=false .* log$/);
  });

  test('answers', () => {
    const stdout = Uint8Array.of(255);
    expect(gitAnswer({ status: 1, stdout, stderr: new TextEncoder().encode('no') }, true)).toEqual({
      code: 1,
      stdout,
      stderr: 'no',
    });
  });

  test.each([
    ['ENOENT', true, 'not installed'],
    ['ENOENT', false, 'other'],
    ['ETIMEDOUT', true, 'too slow'],
    ['ENOBUFS', true, 'too much'],
    ['EACCES', true, 'other'],
  ])('that fails with %s (folder there: %s) is %s', (code, there, expected) => {
    expect(gitAnswer({ error: failed(code), status: null, stdout: none, stderr: none }, there)).toMatchObject({
      failed: expected,
    });
  });

  test('that was ended gives no answer', () => {
    expect(gitAnswer({ status: null, stdout: none, stderr: none }, true)).toEqual({
      failed: 'other',
      why: 'it was ended',
    });
  });
});
