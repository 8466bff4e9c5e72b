// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { criticalSystemValid } from './criticalSystemValid';
import { documentSetUp } from './documentSetUp';
import { laterChecks } from './later';
import { offboardedRemoved } from './offboardedRemoved';
import { userIdentified } from './userIdentified';

/** The checks that come with the plugin. */
export const builtinChecks: ConfluenceCheck[] = [
  offboardedRemoved,
  userIdentified,
  criticalSystemValid,
  documentSetUp,
  ...laterChecks,
];
