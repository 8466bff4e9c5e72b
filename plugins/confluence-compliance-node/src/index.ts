// SPDX-License-Identifier: Apache-2.0

/**
 * What other backend plugins use of Confluence Compliance: extension points and a service ref.
 *
 * @packageDocumentation
 */

export * from './catalog';
export * from './checks';
export * from './people';
export * from './permissions';
export * from './service';
