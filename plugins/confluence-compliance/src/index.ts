// SPDX-License-Identifier: Apache-2.0

/**
 * Portal pages of Confluence Compliance, for the new frontend system.
 *
 * @packageDocumentation
 */

export { confluenceCompliancePlugin as default } from './plugin';
export {
  confluenceComplianceApiRef,
  type ConfluenceComplianceApi,
} from './api';
export { confluenceComplianceTranslationRef } from './translation';
