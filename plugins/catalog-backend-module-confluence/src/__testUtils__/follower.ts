// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { FakeConfluenceComplianceService } from '@confluence-compliance/backstage-plugin-confluence-compliance-node/testUtils';
import { CatalogView } from '../CatalogView';
import { Ceilings } from '../Ceilings';
import { EntityOptions, NameFilter } from '../config';
import { EntityMaker } from '../EntityMaker';
import { FeedFollower } from '../FeedFollower';
import { isOpen } from '../nameFilter';
import { SubjectWriter } from '../SubjectWriter';

/** A catalog that keeps what it is told, without processing. */
export class FakeCatalog {
  readonly entities = new Map<string, Entity>();
  readonly mutations: Array<{ added: string[]; removed: string[] }> = [];

  #fails = false;

  /** Has the next mutation fail. */
  failNext() {
    this.#fails = true;
  }

  recover() {
    this.#fails = false;
  }

  readonly connection = {
    refresh: async () => {},
    applyMutation: async (mutation: EntityProviderMutation) => {
      if (mutation.type === 'full') {
        throw new Error('Never a full mutation');
      }
      if (this.#fails) {
        this.#fails = false;
        throw new Error('The catalog failed');
      }
      const added = mutation.added.map(({ entity }) => entity);
      const removed = mutation.removed.map(item =>
        'entityRef' in item ? item.entityRef : stringifyEntityRef(item.entity),
      );
      added.forEach(one => this.entities.set(stringifyEntityRef(one), one));
      removed.forEach(ref => this.entities.delete(ref));
      this.mutations.push({
        added: added.map(one => stringifyEntityRef(one)),
        removed,
      });
    },
  };

  readonly service = catalogServiceMock.mock({
    streamEntities: () => this.#stream(),
  });

  async *#stream() {
    yield [...this.entities.values()];
  }
}

/** A follower as the module builds it. */
export function createFollower(
  feed: FakeConfluenceComplianceService,
  catalog: FakeCatalog,
  changed: { groups?: NameFilter; users?: number; fingerprint?: string } = {},
) {
  const logger = mockServices.logger.mock();
  const auth = mockServices.auth();
  const groups = changed.groups ?? {};
  const options: EntityOptions = {
    owner: 'group:default/security',
    namespace: 'confluence',
    accounts: 'user',
    pages: { all: false, labels: ['policy'] },
    groups,
    spaces: {},
    personalSpaces: false,
    ceilings: {
      users: changed.users ?? 5000,
      groups: 10,
      spaces: 10,
      pages: 10,
    },
  };
  const view = new CatalogView({ auth, catalog: catalog.service });
  const writer = new SubjectWriter({
    view,
    maker: new EntityMaker(options),
    logger,
    ceilings: new Ceilings(options.ceilings, logger),
    namespace: options.namespace,
    selectsGroups: !isOpen(groups),
  });
  const follower = new FeedFollower({
    service: feed,
    auth,
    logger,
    view,
    writer,
    fingerprint: changed.fingerprint ?? 'one',
  });
  const run = (signal = new AbortController().signal) =>
    follower.run(catalog.connection, signal);
  return { run, follower };
}
