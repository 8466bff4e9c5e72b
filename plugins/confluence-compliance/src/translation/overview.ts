// SPDX-License-Identifier: Apache-2.0

export const overviewMessages = {
  title: 'Overview',
} as const;
