import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { world } from '../cli/run.ts';

/** A folder that is made anew before each test, with a folder for states beside it. */
export interface TestFolder {
  readonly path: string;
  /** What the editor keeps of its own. */
  readonly states: string;
  readonly io: Io;
  /** What a file holds. */
  read(name: string): string;
}

/** Gives each test of a file a folder with these files, and removes all of them in the end. */
export function folderWith(files: Readonly<Record<string, string>>): TestFolder {
  const folders: string[] = [];
  const folder = {
    path: '',
    states: '',
    io: world({}).io,
    read: (name: string) => readFileSync(join(folder.path, name), 'utf8'),
  };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'zonewright-edit-'));
    folder.states = `${folder.path}-states`;
    folders.push(folder.path, folder.states);
    folder.io = world({ cwd: folder.path, env: { HOME: folder.path, XDG_STATE_HOME: folder.states } }).io;
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  });
  afterAll(() => {
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  });
  return folder;
}
