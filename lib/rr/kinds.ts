import type { Kind, KindName } from './kind.ts';
import { ADDRESS_KINDS } from './kinds-address.ts';
import { BINARY_KINDS } from './kinds-binary.ts';
import { DNSSEC_KINDS } from './kinds-dnssec.ts';
import { LOCATION_KINDS } from './kinds-location.ts';
import { NAME_KINDS } from './kinds-name.ts';
import { NUMBER_KINDS } from './kinds-number.ts';
import { SERVICE_KINDS } from './kinds-services.ts';
import { SVCB_KINDS } from './kinds-svcb.ts';
import { TEXT_KINDS } from './kinds-text.ts';

export type { KindName } from './kind.ts';

/** What each field kind can do. */
export const KINDS: Readonly<Record<KindName, Kind>> = {
  ...NUMBER_KINDS,
  ...NAME_KINDS,
  ...ADDRESS_KINDS,
  ...SERVICE_KINDS,
  ...TEXT_KINDS,
  ...BINARY_KINDS,
  ...DNSSEC_KINDS,
  ...LOCATION_KINDS,
  ...SVCB_KINDS,
};
