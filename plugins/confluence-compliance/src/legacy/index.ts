// SPDX-License-Identifier: Apache-2.0

/**
 * Portal pages and entity cards of Confluence Compliance, for the classic frontend system.
 *
 * @packageDocumentation
 */

export {
  confluenceComplianceApiRef,
  type ConfluenceComplianceApi,
} from '../api';
export {
  isConfluenceAccessAvailable,
  isConfluenceAccessReviewAvailable,
  isConfluenceContentAvailable,
  isConfluencePolicyAvailable,
  isConfluenceSpaceAvailable,
} from '../cards/entities';
export { confluenceComplianceTranslationRef } from '../translation';
export {
  ConfluenceCompliancePage,
  confluenceCompliancePlugin,
  EntityConfluenceAccessCard,
  EntityConfluenceAccessReviewCard,
  EntityConfluenceContent,
  EntityConfluencePolicyCard,
  EntityConfluenceSpaceCard,
} from './plugin';
