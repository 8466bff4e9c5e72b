// SPDX-License-Identifier: Apache-2.0

/**
 * Turns what Confluence Compliance knows into catalog entities.
 *
 * @packageDocumentation
 */

export { catalogModuleConfluence as default } from './module';
