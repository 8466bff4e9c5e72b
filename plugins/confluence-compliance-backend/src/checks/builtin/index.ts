// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { acknowledged } from './acknowledged';
import { activeOwner } from './activeOwner';
import { adminLimited } from './adminLimited';
import { adminMfa } from './adminMfa';
import { apiTokenHygiene } from './apiTokenHygiene';
import { approvedVersionCurrent } from './approvedVersionCurrent';
import { appWriteAccess } from './appWriteAccess';
import { attestedChecks } from './attested';
import { auditLogActive } from './auditLogActive';
import { centrallyProvisioned } from './centrallyProvisioned';
import { criticalSystemValid } from './criticalSystemValid';
import { documentSetUp } from './documentSetUp';
import { editRestricted } from './editRestricted';
import { evidenceFresh } from './evidenceFresh';
import { externalApproved } from './externalApproved';
import { inactiveAccount } from './inactiveAccount';
import { mfaEnabled } from './mfaEnabled';
import { moverReviewed } from './moverReviewed';
import { noAnonymous } from './noAnonymous';
import { noDirectGrants } from './noDirectGrants';
import { offboardedRemoved } from './offboardedRemoved';
import { ownerActive } from './ownerActive';
import { privilegeChangeExplained } from './privilegeChangeExplained';
import { reviewedOnTime } from './reviewedOnTime';
import { reviewOnCadence } from './reviewOnCadence';
import { revocationsVerified } from './revocationsVerified';
import { serviceIdentityOwned } from './serviceIdentityOwned';
import { sharedAccount } from './sharedAccount';
import { spaceAdminJustified } from './spaceAdminJustified';
import { structureComplete } from './structureComplete';
import { userIdentified } from './userIdentified';

/** What the schemas of parameters give stays with the check, which alone reads it. */
const checks = [
  offboardedRemoved,
  userIdentified,
  criticalSystemValid,
  inactiveAccount,
  externalApproved,
  centrallyProvisioned,
  noDirectGrants,
  sharedAccount,
  mfaEnabled,
  adminMfa,
  adminLimited,
  spaceAdminJustified,
  apiTokenHygiene,
  serviceIdentityOwned,
  noAnonymous,
  appWriteAccess,
  activeOwner,
  auditLogActive,
  evidenceFresh,
  documentSetUp,
  approvedVersionCurrent,
  reviewedOnTime,
  ownerActive,
  structureComplete,
  editRestricted,
  acknowledged,
  reviewOnCadence,
  revocationsVerified,
] as ConfluenceCheck[];

/** The checks that come with the plugin, and those of the catalogue that are not built yet. */
export const builtinChecks: ConfluenceCheck[] = [
  ...checks,
  ...attestedChecks,
  moverReviewed,
  privilegeChangeExplained,
];
