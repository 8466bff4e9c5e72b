// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { History } from '../../history';
import { AcknowledgementRows } from '../AcknowledgementRows';
import { Acknowledgements } from '../Acknowledgements';
import { ApprovalRows } from '../ApprovalRows';
import { GroupRows } from '../GroupRows';
import type { PolicyState } from '../Policies';

export const STAFF = 'group:default/staff';

/** A policy that concerns some groups, and whatever tells who has acknowledged it. */
export async function startAcknowledging(knex: Knex, groups = [STAFF]) {
  const database = mockServices.database({ knex });
  const clock = { now: new Date('2026-03-10T12:00:00Z') };
  const now = () => clock.now;
  const rows = await AcknowledgementRows.create({ database });
  const members = await GroupRows.create({ database, now });
  const page = { policy: 'infosec', connection: 'acme', pageId: '1' };
  const policy: PolicyState = {
    origin: 'config',
    id: page.policy,
    title: 'Information Security',
    connection: page.connection,
    page: { by: 'id', id: page.pageId },
    rule: 'The page with the id 1',
    acknowledgedBy: groups,
    pages: [{ id: page.pageId, outOfScope: false }],
  };
  return {
    acknowledgements: new Acknowledgements({
      history: await History.create({ database }),
      approvals: await ApprovalRows.create({ database }),
      rows,
      groups: members,
      months: 12,
      now,
    }),
    clock,
    members,
    policy,
    rows,
    async approve(version: number) {
      await knex('policy_approvals').insert({
        id: randomUUID(),
        policy: page.policy,
        connection: page.connection,
        page_id: page.pageId,
        version,
        minor_edit: false,
        content_hash: '0',
        blocks: '[]',
        approved_by: 'user:default/lena',
        approved_at: clock.now.toISOString(),
      });
    },
    async acknowledge(version: number, ...people: string[]) {
      for (const by of people) {
        const made = { id: randomUUID(), pageId: page.pageId, version, by };
        await knex.transaction(tx =>
          rows.insert(tx, page, {
            ...made,
            contentHash: '0',
            at: clock.now.toISOString(),
          }),
        );
      }
    },
  };
}
