// SPDX-License-Identifier: Apache-2.0
import { setTimeout } from 'node:timers/promises';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(120_000);

const asker = mockCredentials.user.header('user:default/asker');
const decider = mockCredentials.user.header('user:default/decider');

describe('an exception', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(() => sandbox.close());

  it.each(databases.eachSupportedId())(
    'of a leaver is asked for by one and approved by another, and expires without a run, %p',
    async id => {
      const portal = await startPlugin({
        config: sandboxConfig(sandbox),
        entities: peopleOf(sandbox),
        knex: await databases.init(id),
      });
      await portal.scheduler.triggerTask('read-people');
      await portal.scheduler.triggerTask('sync-northwind');
      await portal.scheduler.triggerTask('run-checks');
      const check = 'access.offboarded-removed';
      const find = async (excepted: string): Promise<Finding[]> => {
        const path = `/findings?check=${check}&verdict=fail&excepted=${excepted}`;
        return (await portal.call('get', path)).body.items;
      };
      const [leaver] = await find('all');
      expect(leaver.person).toBeDefined();
      const isOpen = async () =>
        (await find('without')).some(finding => finding.id === leaver.id);

      const until = new Date(Date.now() + 6_000).toISOString();
      const body = {
        findings: [leaver.id],
        reason: 'Hands over until the end of the week',
        control: 'The sign-in is watched',
        until,
      };
      const about = await portal.call('post', '/exceptions', {
        as: mockCredentials.user.header(leaver.person),
        body,
      });
      expect([about.status, about.body.error.message]).toEqual([
        403,
        expect.stringContaining('about you'),
      ]);
      const asked = await portal.call('post', '/exceptions', {
        as: asker,
        body,
      });
      expect(asked.status).toBe(201);
      const again = await portal.call('post', '/exceptions', {
        as: asker,
        body,
      });
      expect(again.status).toBe(409);
      const approve = `/exceptions/${asked.body.ids[0]}/approve`;
      const own = await portal.call('post', approve, { as: asker, body: {} });
      expect(own.status).toBe(403);
      expect(await isOpen()).toBe(true);
      const approved = await portal.call('post', approve, {
        as: decider,
        body: { note: 'Agreed' },
      });
      expect(approved.status).toBe(204);
      const second = await portal.call('post', approve, {
        as: mockCredentials.user.header('user:default/third'),
        body: {},
      });
      expect([second.status, second.body.error.message]).toEqual([
        409,
        expect.stringContaining('user:default/decider approved it'),
      ]);
      expect(await isOpen()).toBe(false);
      const live = await portal.call('get', '/exceptions?status=live');
      expect(live.body).toMatchObject({
        items: [{ finding: leaver.id, request: { by: 'user:default/asker' } }],
        maxDays: 180,
        mayDecide: true,
        mayRequest: true,
      });

      await setTimeout(Date.parse(until) - Date.now() + 10);
      expect(await isOpen()).toBe(true);
      const { counts, excepted } = (
        await portal.call('get', `/checks/${check}`)
      ).body;
      expect(excepted).toEqual({ fail: 0, warning: 0 });
      expect(counts.fail).toBeGreaterThan(0);
      // Neither logs nor audit events say why.
      const told = portal.logs.join() + portal.audited.join();
      expect(/Hands over|is watched|Agreed/.test(told)).toBe(false);
      await portal.stop();
    },
  );
});
