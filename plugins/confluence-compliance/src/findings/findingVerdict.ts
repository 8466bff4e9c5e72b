// SPDX-License-Identifier: Apache-2.0
import { verdictSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** Verdicts that findings have, and their filters offer. */
export const findingVerdictSchema = verdictSchema.extract([
  'fail',
  'warning',
  'unknown',
]);
