// SPDX-License-Identifier: Apache-2.0

export const spacesMessages = {
  title: 'Spaces',
} as const;
