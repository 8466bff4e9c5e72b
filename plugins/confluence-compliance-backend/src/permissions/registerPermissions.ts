// SPDX-License-Identifier: Apache-2.0
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  confluenceCompliancePermissions,
  RESOURCE_TYPE_ACCOUNT,
  RESOURCE_TYPE_CONNECTION,
  RESOURCE_TYPE_REVIEW,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  accountResourceRef,
  accountRules,
  connectionResourceRef,
  connectionRules,
  reviewResourceRef,
  reviewRules,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Connections } from '../connections';
import type { Lists } from '../history';
import type { Reviews } from '../reviews';
import { parseAccountRef } from './accountRef';

/** Declares every permission, and how the resources of the resource permissions are found. */
export function registerPermissions(options: {
  permissionsRegistry: PermissionsRegistryService;
  connections: Pick<Connections, 'all' | 'reload'>;
  lists: Pick<Lists, 'linkedPeople'>;
  reviews: Pick<Reviews, 'reviewersOf'>;
}): void {
  const { permissionsRegistry, connections, lists, reviews } = options;
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
    resourceRef: reviewResourceRef,
    permissions: permissionsOf(RESOURCE_TYPE_REVIEW),
    rules: Object.values(reviewRules),
    getResources: refs =>
      Promise.all(
        refs.map(async id => {
          const reviewers = await reviews.reviewersOf(id);
          return reviewers && { id, reviewers };
        }),
      ),
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
