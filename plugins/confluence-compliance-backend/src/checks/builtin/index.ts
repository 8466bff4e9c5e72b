// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { offboardedRemoved } from './offboardedRemoved';

/** The checks that come with the plugin. */
export const builtinChecks: ConfluenceCheck[] = [offboardedRemoved];
