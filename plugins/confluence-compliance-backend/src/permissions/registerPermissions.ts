// SPDX-License-Identifier: Apache-2.0
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  confluenceCompliancePermissions,
  RESOURCE_TYPE_ACCOUNT,
  RESOURCE_TYPE_CONNECTION,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  accountResourceRef,
  accountRules,
  connectionResourceRef,
  connectionRules,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Connections } from '../connections';
import type { Lists } from '../history';
import { parseAccountRef } from './accountRef';

/** Declares every permission, and how the resources of the resource permissions are found. */
export function registerPermissions(options: {
  permissionsRegistry: PermissionsRegistryService;
  connections: Pick<Connections, 'all' | 'reload'>;
  lists: Pick<Lists, 'linkedPeople'>;
}): void {
  const { permissionsRegistry, connections, lists } = options;
  const permissionsOf = (type: string) =>
    confluenceCompliancePermissions.filter(permission =>
      isResourcePermission(permission, type),
    );

  permissionsRegistry.addPermissions(
    confluenceCompliancePermissions.filter(
      permission => !isResourcePermission(permission),
    ),
  );
  permissionsRegistry.addResourceType({
    resourceRef: connectionResourceRef,
    permissions: permissionsOf(RESOURCE_TYPE_CONNECTION),
    rules: Object.values(connectionRules),
    getResources: async refs => {
      // Another replica may have given it another owner.
      await connections.reload();
      return refs.map(ref => {
        const connection = connections.all().find(({ id }) => id === ref);
        return connection && { id: connection.id, owner: connection.owner };
      });
    },
  });
  permissionsRegistry.addResourceType({
    resourceRef: accountResourceRef,
    permissions: permissionsOf(RESOURCE_TYPE_ACCOUNT),
    rules: Object.values(accountRules),
    getResources: async refs => {
      const accounts = refs.map(parseAccountRef);
      const people = await lists.linkedPeople(
        accounts.flatMap(account => (account ? [account.accountId] : [])),
      );
      return accounts.map(
        account =>
          account && { ...account, person: people.get(account.accountId) },
      );
    },
  });
}
