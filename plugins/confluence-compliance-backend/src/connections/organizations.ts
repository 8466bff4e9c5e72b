// SPDX-License-Identifier: Apache-2.0
import type { ConnectionDefinition } from './types';

/** What the history says of a connection's organization, and where. */
export interface OrganizationSource {
  connection: string;
  /** Source of its rows; absent when the connection has no organization. */
  source?: string;
  /** ARI of the product on the site of the connection, once its cloud id is known. */
  resource?: string;
}

/** The source of an organization in the history: one for all connections that have it. */
export function organizationSource(organizationId: string): string {
  return `organization:${organizationId}`;
}

/** Confluence on one site, as organizations name it. */
export function resourceOf(cloudId: string): string {
  return `ari:cloud:confluence::site/${cloudId}`;
}

/** Who reads for an organization: the first connection that has it and is read. */
export function readerOf(
  organizationId: string,
  connections: readonly ConnectionDefinition[],
): string | undefined {
  return connections.find(
    ({ organization, enabled }) =>
      enabled && organization?.id === organizationId,
  )?.id;
}
