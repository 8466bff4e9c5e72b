// SPDX-License-Identifier: Apache-2.0

export const cardsMessages = {
  title: 'Confluence',
} as const;
