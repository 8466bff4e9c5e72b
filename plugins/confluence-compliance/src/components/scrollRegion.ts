// SPDX-License-Identifier: Apache-2.0

/** For what scrolls: it must be reachable by keyboard. Give it an `aria-label` too. */
export const scrollRegion = { role: 'region', tabIndex: 0 } as const;
