// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { timelineEntrySchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { acme, createTestCards, group } from './__testUtils__/cards';

jest.setTimeout(120_000);

describe('the timeline', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'names what changed as far as it is known, %p',
    async id => {
      const { reader, history, company, spaces, read } = await createTestCards(
        await databases.init(id),
      );
      await company();
      await spaces();
      await read(acme('groups'), [group('g1')]);
      await read(acme('memberships', 'g2'), []);
      await read(acme('grants', 's2'), []);
      const revision = await history.head();
      const options = { revision, limit: 50 };
      const of = async (kind: 'account' | 'group', key: string) =>
        (
          await reader.timeline({ kind, connection: 'acme', id: key }, options)
        ).items.map(item => timelineEntrySchema.parse(item));

      // The group is gone, and its name is still known.
      const ben = await of('account', 'a-ben');
      expect(ben[0]).toMatchObject({
        dataset: 'memberships',
        kind: 'closed',
        group: { kind: 'group', id: 'g2', name: 'g2' },
        account: { id: 'a-ben', name: 'Name of a-ben' },
        run: expect.any(String),
      });
      expect(ben).toContainEqual(
        expect.objectContaining({
          dataset: 'identity_links',
          kind: 'opened',
          after: { person: 'user:default/ben', how: 'email' },
        }),
      );
      expect(ben.at(-1)).toMatchObject({
        dataset: 'accounts',
        kind: 'opened',
        after: { status: 'active', class: 'person', listed: true },
      });
      const [ended] = await of('group', 'g2');
      expect(ended).toMatchObject({
        dataset: 'grants',
        kind: 'closed',
        principal: { kind: 'group', id: 'g2', name: 'g2' },
        resource: { ref: 'space:s2', title: '<b>People</b>' },
        before: { level: 'view', operations: ['read:space'] },
      });
      const place = { connection: 'acme', ...options };
      const hr = await reader.spaceTimeline('hr', place);
      expect(hr.items.map(({ dataset, kind }) => [dataset, kind])).toEqual([
        ['grants', 'closed'],
        ['grants', 'closed'],
        ['grants', 'opened'],
        ['grants', 'opened'],
        ['spaces', 'opened'],
      ]);
      expect(hr.items).toContainEqual(
        expect.objectContaining({
          principal: {
            kind: 'access-class',
            id: 'anonymous-users',
            name: 'Anybody on the internet',
          },
        }),
      );
      await expect(reader.spaceTimeline('NOWHERE', place)).rejects.toThrow(
        "There was no space 'NOWHERE'",
      );
      expect(JSON.stringify([ben, hr])).not.toContain('@example.com');
    },
  );
});
