// SPDX-License-Identifier: Apache-2.0

export const scopeMessages = {
  connection: 'Connection',
  allConnections: 'All connections',
} as const;
