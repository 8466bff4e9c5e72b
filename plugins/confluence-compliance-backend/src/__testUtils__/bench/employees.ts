// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

interface Employee {
  displayName: string;
  email: string;
  departed: boolean;
}

function toUser({ displayName, email, departed }: Employee): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: email.split('@')[0],
      namespace: 'default',
      annotations: departed
        ? { 'atlassian.net/employment-status': 'departed' }
        : {},
    },
    spec: { profile: { displayName, email }, memberOf: [] },
  };
}

/** A catalog of everybody in the sandbox, asked for page by page so that it takes no memory itself. */
export const employees = createServiceFactory({
  service: catalogServiceRef,
  deps: { config: coreServices.rootConfig },
  factory({ config }) {
    const sandbox = config.getString('confluenceCompliance.atlassian.apiUrl');
    const none = catalogServiceMock();
    return {
      ...none,
      getEntityByRef: async () => undefined,
      async *streamEntities() {
        for (let offset = 0; ; ) {
          const answer = await fetch(
            `${sandbox}/sandbox/employees?offset=${offset}`,
          );
          const { items } = (await answer.json()) as { items: Employee[] };
          if (items.length === 0) {
            return;
          }
          yield items.map(toUser);
          offset += items.length;
        }
      },
    };
  },
});
