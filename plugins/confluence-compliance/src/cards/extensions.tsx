// SPDX-License-Identifier: Apache-2.0
import type { ExtensionDefinition } from '@backstage/frontend-plugin-api';

/** What the plugin adds to catalog pages and to the home page. */
export const cardExtensions: ExtensionDefinition[] = [];
