// SPDX-License-Identifier: Apache-2.0

/**
 * Backend of Confluence Compliance: reads Confluence, keeps the history and checks it.
 *
 * @packageDocumentation
 */

export { confluenceCompliancePlugin as default } from './plugin';
