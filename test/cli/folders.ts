import { afterAll } from 'vitest';
import { folderOf } from './run.ts';

const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

/** The path of a folder with files in it, which is removed behind the tests of a file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = folderOf(files);
  folders.push(folder);
  return folder.path;
}
