// SPDX-License-Identifier: Apache-2.0

// Without a type of its own, so that the plugin knows the ids of its extensions.
/** What the plugin adds to catalog pages and to the home page. */
export const cardExtensions = [] as const;
