// SPDX-License-Identifier: Apache-2.0
import type { ComplianceConfig } from '../config';
import type { Ledger } from '../ledger';
import { Authorizations } from './Authorizations';
import type { Connections } from './Connections';
import { ConnectionSettings } from './ConnectionSettings';
import { ConnectionTests } from './ConnectionTests';

/** Everything with which people connect a site: making, granting, testing, ending. */
export class ConnectionSetup {
  readonly settings: ConnectionSettings;
  readonly authorizations: Authorizations;
  readonly tests: ConnectionTests;

  constructor(options: {
    config: Pick<ComplianceConfig, 'allowedSites' | 'oauth'>;
    connections: Connections;
    ledger: Ledger;
    now?: () => Date;
  }) {
    this.settings = new ConnectionSettings(options);
    this.authorizations = new Authorizations(options);
    this.tests = new ConnectionTests(options.connections, options.now);
  }
}
