import { printConfig } from '../../lib/config/print.ts';
import { ConfigResolver } from '../../lib/config/resolve.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { findOrigin } from '../../lib/zone/origin.ts';
import { EXIT_CLEAN } from '../command.ts';
import { ConfigFinder } from '../config/finder.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { noSuchFile } from './paths.ts';
import type { LintRequest } from './request.ts';

/** Prints the settings that hold for a zone file, each with the place it comes from. */
export async function showConfig(path: string, request: LintRequest, io: Io): Promise<number> {
  if (io.kind(path) !== 'file') throw new UsageError(noSuchFile(path, io));
  const config = await new ConfigFinder(request.config, io).forFile(path);
  const resolver = new ConfigResolver(config, RULES, request.commandLine);
  const zone = request.zoneFile.origin ?? resolver.originOf(path)?.value ?? findOrigin(io.readFile(path), path);
  io.stdout.write(printConfig(resolver, { path, zone }, RULES));
  return EXIT_CLEAN;
}
