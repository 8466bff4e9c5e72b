// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  CreateReview,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { OrganizationSource } from '../../connections';
import {
  CardReads,
  type DatasetName,
  History,
  Lists,
  Lookups,
  type ObservedRow,
} from '../../history';
import { Reviews } from '..';
import type { SystemsOf } from '../systems';

/** A millisecond later for the database, which keeps times no finer than that. */
export const tick = () => new Promise(resolve => setTimeout(resolve, 5));

export const LENA = 'user:default/lena';
export const OWNER = 'user:default/owner';

export const account = (id: string, status = 'active'): ObservedRow => ({
  key: id,
  payload: {
    accountType: 'atlassian',
    accountStatus: status,
    class: 'person',
    listed: true,
  },
  profile: { kind: 'account', id, name: `Name of ${id}` },
});

export const member = (groupId: string, id: string): ObservedRow => ({
  key: `${groupId}/${id}`,
  payload: { groupId, accountId: id },
});

export const link = (id: string, person: string): ObservedRow => ({
  key: id,
  payload: { source: 'people:catalog', person, how: 'email' },
});

export const grant = (
  spaceId: string,
  [kind, id]: [kind: string, id: string],
  operation: string,
): ObservedRow => ({
  key: `${spaceId}/${kind}/${id}/${operation}/space`,
  payload: {
    spaceId,
    principalType: kind,
    principalId: id,
    operation,
    target: 'space',
    role: null,
  },
});

export interface Seen {
  dataset: string;
  key?: string;
  source?: string;
  rows: ObservedRow[];
  outcome?: 'complete' | 'partial' | 'not-visible';
  scope?: string;
}

/** Reviews over a history that tests write. */
export async function createTestReviews(knex: Knex) {
  const database = mockServices.database({ knex });
  const history = await History.create({ database });
  const catalog = {
    namespace: 'confluence',
    accounts: 'user' as const,
    labels: [],
    allPages: false,
  };
  const lists = await Lists.create({
    database,
    catalog,
    userGroups: () => [],
  });
  const organizations: OrganizationSource[] = [];
  const systems: Awaited<ReturnType<SystemsOf['list']>> = [];
  const cards = await CardReads.create({
    database,
    catalog,
    organizations: async () => organizations,
  });
  /** Tests switch it on. */
  const removal = { enabled: false, credentials: [] };
  const create = () =>
    Reviews.create({
      config: {
        schedule: {
          every: { seconds: 30 },
          slice: { minutes: 2 },
          timeout: { minutes: 3 },
          checks: { hours: 1 },
          people: { minutes: 15 },
        },
        reviews: { templates: [], removal },
      },
      database,
      history,
      lists,
      cards,
      systems: { list: async () => systems },
      severityOf: id => (id === 'high' ? 'high' : 'low'),
      lookups: { groupNames: async () => new Map() } as Pick<
        Lookups,
        'groupNames'
      >,
      organizations: async () => organizations,
      scheduler: mockServices.scheduler.mock(),
      logger: mockServices.logger.mock(),
    });
  const reviews = await create();
  /** Begins a read now, to be finished and published later. */
  const begin = async (seen: Seen) => {
    const { dataset, key = 'site', source = 'acme', rows } = seen;
    const { outcome = 'complete', scope = 'all' } = seen;
    const runId = randomUUID();
    const { id } = await history.beginRead({
      runId,
      source,
      dataset,
      key,
      mode: 'full',
      scope,
    });
    return async () => {
      await history.stage(id, rows);
      const reason = outcome === 'complete' ? undefined : `${outcome}: said so`;
      await history.finishRead(id, { outcome, reason });
      await history.publish({ runId });
    };
  };
  const read = async (seen: Seen) => (await begin(seen))();

  /** Sees a list again as it stands. */
  const again = async (dataset: DatasetName, key: string, source = 'acme') => {
    const rows: ObservedRow[] = [];
    const asOf = await history.head();
    for await (const batch of history.rows(dataset, { source, asOf })) {
      rows.push(...batch.map(row => ({ key: row.key, payload: row.payload })));
    }
    await read({ dataset, key, source, rows });
  };
  /** Reads the members of a group, and afterwards who has an account, as a sync does. */
  const members = async (...ids: string[]) => {
    await read({
      dataset: 'memberships',
      key: 'g1',
      rows: ids.map(id => member('g1', id)),
    });
    await tick();
    await again('accounts', 'site');
    for (const { source } of organizations) {
      await again('directory', 'all', source);
    }
  };
  /** A group with these members, who are all active accounts. */
  const team = async (...ids: string[]) => {
    await read({ dataset: 'accounts', rows: ids.map(id => account(id)) });
    await read({
      dataset: 'groups',
      rows: [
        {
          key: 'g1',
          payload: { name: 'Team', managedBy: 'ADMINS', usageType: 'TEAM' },
        },
      ],
    });
    await members(...ids);
  };
  /** A review that is being decided, by Lena unless somebody else is named. */
  const started = async (
    scope: Omit<ReviewScope, 'connection'> = { group: 'g1' },
    reviewer = LENA,
    more: Pick<CreateReview, 'reviewers' | 'owners'> = {},
  ) => {
    const { id } = await reviews.add(OWNER, {
      title: 'Quarter',
      scope: { connection: 'acme', ...scope },
      reviewer,
      fallbackReviewer: OWNER,
      ...more,
    });
    await reviews.begin(id, OWNER);
    await reviews.makeItems();
    return id;
  };
  const itemsOf = async (reviewId: string) =>
    (await reviews.items({ reviewId }, { limit: 200 })).items;
  const itemOf = async (reviewId: string, principal: string) => {
    const items = await itemsOf(reviewId);
    const found = items.find(item => item.principal.id === principal);
    if (!found) {
      throw new Error(`There is no item of ${principal}`);
    }
    return found;
  };
  const decide = async (
    reviewId: string,
    principal: string,
    decision: 'keep' | 'revoke' | 'defer' | 'undo',
  ) => {
    const { id, version } = await itemOf(reviewId, principal);
    return reviews.decide(reviewId, LENA, {
      items: [{ id, version }],
      decision,
      reason: 'Left the team',
    });
  };
  const proofs = async (reviewId: string) => {
    const { items } = await reviews.remediations(reviewId, { limit: 200 });
    return Object.fromEntries(
      items.map(({ item, remediation }) => [
        item.principal.id,
        remediation.reason?.code ?? remediation.state,
      ]),
    );
  };
  return {
    again,
    begin,
    cards,
    create,
    database,
    decide,
    history,
    itemOf,
    itemsOf,
    members,
    organizations,
    proofs,
    read,
    removal,
    reviews,
    started,
    systems,
    team,
  };
}
