// SPDX-License-Identifier: Apache-2.0
import type {
  AuthMethod,
  Purpose,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConnectionConfig } from '../config';

/** One method of a connection without its secret; each exists at most once. */
export interface Method {
  method: AuthMethod;
  /** The purposes it serves; absent: all of the connection. */
  purposes?: Purpose[];
  email?: string;
  clientId?: string;
  cloudId?: string;
  /** Last day of its secret, such as `2027-06-30`. */
  expiresAt?: string;
}

/** A connection of the configuration or the portal, without secrets. */
export interface ConnectionDefinition {
  id: string;
  title: string;
  /** Origin of the site; absent until one of a grant is chosen. */
  site?: string;
  origin: 'config' | 'portal';
  owner?: string;
  purposes: Purpose[];
  methods: Method[];
  organization?: { id: string; expiresAt?: string };
  /** The group that holds its licensed population; by name only in the configuration. */
  userGroup?: { id?: string; name: string };
  cadence: ConnectionConfig['cadence'];
  /** Whether it is read on schedule. */
  enabled: boolean;
  /** Whether its set-up has ended once. Before, nothing but the set-up knows it. */
  begun: boolean;
  madeBy?: string;
  madeAt?: string;
  ended?: Ending;
  /** Grows with each change; 0 for the configuration. */
  version: number;
}

/** A connection that is over. */
export interface Ending {
  at: string;
  /** From this revision on it is not among the connections any more. */
  revision: number;
  history: 'keep' | 'delete';
  entities: 'keep' | 'remove';
}

/** A connection that has begun and not ended: the ones that lists and checks know. */
export type Connected = ConnectionDefinition & { site: string };

/** Name of the credential of an organization, beside those of the methods. */
export const ORGANIZATION = 'organization';

export type CredentialName = AuthMethod | typeof ORGANIZATION;
