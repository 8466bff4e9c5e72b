// SPDX-License-Identifier: Apache-2.0
import type { ComplianceConfig } from '../config';
import type { History } from '../history';
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
    history: Pick<History, 'containers' | 'ledger'>;
    now?: () => Date;
  }) {
    this.authorizations = new Authorizations({
      ...options,
      ledger: options.history.ledger,
    });
    this.settings = new ConnectionSettings({
      ...options,
      authorizations: this.authorizations,
    });
    this.tests = new ConnectionTests(options.connections, options.now);
  }
}
