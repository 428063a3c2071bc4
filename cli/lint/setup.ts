import type { Certificate } from '../../lib/certs/path-member.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { tell } from '../output.ts';
import { lookFor } from '../report/look.ts';
import { openTrust } from '../trust.ts';
import { type CertificateArgument, type Certificates, loadCertificates } from './certificates.ts';
import { resolveSince, type Since } from './history.ts';
import { findInputs, type Inputs } from './inputs.ts';
import { KnownFindings } from './known.ts';
import type { LintSetup } from './linter.ts';
import type { LintRequest } from './request.ts';

/** What a run needs before it looks at the first zone. */
export interface RunSetup {
  readonly inputs: Inputs;
  readonly known: KnownFindings | undefined;
  readonly setup: LintSetup;
}

/** Finds files, configurations, certificates and trust anchors of a run; throws UsageError for what is not there. */
export async function setUp(request: LintRequest, io: Io): Promise<RunSetup> {
  const inputs = await findInputs(request, io);
  const known = await KnownFindings.open(request, inputs.root, io);
  const certificates = await loadCertificates(certificatesOf(request, inputs), io);
  for (const warning of certificates.warnings) tell(io, 'warning', warning);
  const anchors = await anchorsOf(request, inputs, certificates, io);
  return { inputs, known, setup: makeSetup(request, inputs, { ...certificates, anchors }, known, io) };
}

/** The certificates of the command line and of the configuration. */
export function certificatesOf({ certificates }: LintRequest, { root }: Inputs): CertificateArgument[] {
  const configured = (root?.certificates ?? []).map(({ value }) => ({ text: value.path, roles: value.roles }));
  return [...certificates, ...configured];
}

/** The trust anchors of the run, undefined when nobody names any. */
async function anchorsOf(
  { trust }: LintRequest,
  { root }: Inputs,
  given: Certificates,
  io: Io,
): Promise<readonly Certificate[] | undefined> {
  if (trust !== undefined) return (await openTrust(trust, io)).certificates;
  const configured = root?.trust;
  // A configuration may be there for runs with certificates and for others.
  if (configured === undefined || given.given.length === 0) return undefined;
  try {
    return (await openTrust(configured.value, io)).certificates;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${configured.source}: ${error.message.replace(/^--trust/u, 'trust')}`);
  }
}

function makeSetup(
  request: LintRequest,
  { root, configs, all }: Inputs,
  certificates: Certificates & Pick<LintSetup, 'anchors'>,
  known: KnownFindings | undefined,
  io: Io,
): LintSetup {
  const { commandLine, zoneFile, policies, now, eku, floor, newOnly, format, output, color } = request;
  const paths = all.flatMap(({ path, bytes }) => (bytes === undefined ? [path] : []));
  return {
    configs,
    commandLine,
    zoneFile,
    now,
    certificates: certificates.given,
    certificateFiles: certificates.files,
    anchors: certificates.anchors,
    eku: eku ?? root?.eku?.value ?? 'accept-server-auth',
    policies,
    fleet: all.filter(({ bytes }) => bytes === undefined).map(({ path, config }) => ({ path, config })),
    since: sinceOf(request, paths, io),
    newOnly,
    floor: floor ?? root?.severity?.value ?? 'info',
    format,
    look: lookFor(io, color, output),
    cached: request.cachePath !== undefined || request.cache !== undefined,
    namesRules: known !== undefined,
    baseline: known === undefined || known.updating ? undefined : { path: known.path, known: known.known },
  };
}

function sinceOf({ since, newOnly, paths, fix }: LintRequest, targets: readonly string[], io: Io): Since | undefined {
  if (since !== undefined) return resolveSince({ text: since, paths, targets }, io);
  if (newOnly)
    throw new UsageError('--new-only needs something to compare with: give --since REVISION or --since FILE');
  // A serial that was raised since the last commit need not be raised again, if there is such a thing.
  return fix?.raiseSerial ? lastCommit(paths, targets, io) : undefined;
}

function lastCommit(paths: readonly string[], targets: readonly string[], io: Io): Since | undefined {
  try {
    return resolveSince({ text: 'HEAD', paths, targets }, io);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
