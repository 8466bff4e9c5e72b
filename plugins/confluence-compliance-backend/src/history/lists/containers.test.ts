// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { containerSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { all, filledLists } from './__testUtils__/filledLists';
import { group } from './__testUtils__/testLists';

jest.setTimeout(60_000);

describe('List of containers', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const filled = async () => filledLists(await databases.init(id));

    it('lists containers as they are now', async () => {
      const { lists, options, history } = await filled();
      const { id: readId } = await history.beginRead({
        source: 'acme',
        dataset: 'memberships',
        key: 'g1',
        runId: 'r',
        mode: 'full',
        scope: 'test',
      });
      await history.finishRead(readId, {
        outcome: 'not-visible',
        reason: 'not-visible: Confluence answers 404',
        expected: 3,
      });
      await history.publish({ runId: 'r' });
      const query = { ...options, connection: 'acme' };
      const every = await all(cursor =>
        lists.containers({ ...query, incomplete: false, limit: 3, cursor }),
      );
      expect(every.items).toHaveLength(9);
      every.items.forEach(({ scope: _, ...c }) =>
        containerSchema.omit({ scope: true }).parse(c),
      );
      const bad = await lists.containers({ ...query, incomplete: true });
      expect(bad.items).toEqual([
        {
          dataset: 'memberships',
          container: 'g1',
          title: 'Staff',
          presence: 'not-visible',
          outcome: 'not-visible',
          reason: { code: 'not-visible', text: 'Confluence answers 404' },
          rows: 2,
          expected: 3,
          readAt: expect.any(String),
          completeAt: expect.any(String),
          scope: 'test',
          outOfScope: 0,
        },
      ]);
    });

    it('names what is gone as it was called last', async () => {
      const { lists, options, history, publish } = await filled();
      await publish('acme', { groups: { site: [group('g2', 'admins')] } });
      await publish('acme', { groups: { site: [group('g2', 'admins')] } });
      const { items } = await lists.containers({
        ...options,
        revision: await history.head(),
        connection: 'acme',
        incomplete: false,
        limit: 50,
      });
      expect(items.find(({ container }) => container === 'g1')?.title).toBe(
        'Staff',
      );
    });

    it('says what another scope has seen in a container, and what an organization told', async () => {
      const { lists, options, history, publish } = await filled();
      await publish('organization:o', { directory: { all: [] } });
      const runId = 'narrow';
      const read = { source: 'acme', dataset: 'memberships', runId };
      const { id: readId } = await history.beginRead({
        ...read,
        key: 'g1',
        mode: 'full',
        scope: 'narrower',
      });
      await history.stage(readId, []);
      await history.finishRead(readId, { outcome: 'complete' });
      await history.publish({ runId });
      const { items, totals } = await all(cursor =>
        lists.containers({
          ...options,
          connection: 'acme',
          organization: 'organization:o',
          incomplete: false,
          limit: 4,
          cursor,
        }),
      );
      expect(totals[0]).toBe(10);
      expect(items[9]).toMatchObject({ dataset: 'directory', outOfScope: 0 });
      expect(
        items.filter(({ scope, outOfScope }) => scope !== 'test' || outOfScope),
      ).toMatchObject([
        { container: 'g1', rows: 0, scope: 'narrower', outOfScope: 2 },
      ]);
    });
  });
});
