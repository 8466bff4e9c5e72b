// SPDX-License-Identifier: Apache-2.0

/**
 * A check of one company, as an example: nobody can change an archived space.
 *
 * @packageDocumentation
 */
export { archivedSpacesModule as default } from './module';
