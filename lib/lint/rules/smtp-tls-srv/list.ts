import type { Rule } from '../../rule.ts';
import { rule as smtpTlsSrv25And842SameTarget } from './smtp-tls-srv-25-and-842-same-target.ts';
import { rule as smtpTlsSrv25Before842 } from './smtp-tls-srv-25-before-842.ts';
import { rule as smtpTlsSrvCertLacksSourceDomain } from './smtp-tls-srv-cert-lacks-source-domain.ts';
import { rule as smtpTlsSrvCertLacksTarget } from './smtp-tls-srv-cert-lacks-target.ts';
import { rule as smtpTlsSrvLabelTypo } from './smtp-tls-srv-label-typo.ts';
import { rule as smtpTlsSrvLegacySmtpLabel } from './smtp-tls-srv-legacy-smtp-label.ts';
import { rule as smtpTlsSrvMissingForMailDomain } from './smtp-tls-srv-missing-for-mail-domain.ts';
import { rule as smtpTlsSrvMtastsDaneConflict } from './smtp-tls-srv-mtasts-dane-conflict.ts';
import { rule as smtpTlsSrvMxNotInSrv } from './smtp-tls-srv-mx-not-in-srv.ts';
import { rule as smtpTlsSrvNegativeTtl } from './smtp-tls-srv-negative-ttl.ts';
import { rule as smtpTlsSrvNonstandardPort } from './smtp-tls-srv-nonstandard-port.ts';
import { rule as smtpTlsSrvNullWithMx } from './smtp-tls-srv-null-with-mx.ts';
import { rule as smtpTlsSrvPriorityVsMx } from './smtp-tls-srv-priority-vs-mx.ts';
import { rule as smtpTlsSrvShadowsWildcard } from './smtp-tls-srv-shadows-wildcard.ts';
import { rule as smtpTlsSrvSubmissionPort } from './smtp-tls-srv-submission-port.ts';
import { rule as smtpTlsSrvTargetForeign } from './smtp-tls-srv-target-foreign.ts';
import { rule as smtpTlsSrvTargetNotInMx } from './smtp-tls-srv-target-not-in-mx.ts';
import { rule as smtpTlsSrvTtlVsMx } from './smtp-tls-srv-ttl-vs-mx.ts';
import { rule as smtpTlsSrvUnsignedZone } from './smtp-tls-srv-unsigned-zone.ts';
import { rule as smtpTlsSrvWildcard } from './smtp-tls-srv-wildcard.ts';
import { rule as smtpTlsSrvWithNullMx } from './smtp-tls-srv-with-null-mx.ts';
import { rule as smtpTlsSrvWrongOwner } from './smtp-tls-srv-wrong-owner.ts';
import { rule as smtpTlsSrvWrongProto } from './smtp-tls-srv-wrong-proto.ts';

/** The rules about _smtp-tls._tcp SRV records. */
export const rules: readonly Rule[] = [
  smtpTlsSrvWrongProto,
  smtpTlsSrvLabelTypo,
  smtpTlsSrvWrongOwner,
  smtpTlsSrvNonstandardPort,
  smtpTlsSrvSubmissionPort,
  smtpTlsSrvNullWithMx,
  smtpTlsSrvWithNullMx,
  smtpTlsSrvTargetNotInMx,
  smtpTlsSrvMxNotInSrv,
  smtpTlsSrvPriorityVsMx,
  smtpTlsSrv25And842SameTarget,
  smtpTlsSrv25Before842,
  smtpTlsSrvTargetForeign,
  smtpTlsSrvUnsignedZone,
  smtpTlsSrvCertLacksSourceDomain,
  smtpTlsSrvCertLacksTarget,
  smtpTlsSrvMissingForMailDomain,
  smtpTlsSrvTtlVsMx,
  smtpTlsSrvNegativeTtl,
  smtpTlsSrvMtastsDaneConflict,
  smtpTlsSrvLegacySmtpLabel,
  smtpTlsSrvWildcard,
  smtpTlsSrvShadowsWildcard,
];
