// SPDX-License-Identifier: Apache-2.0
import {
  mockServices,
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { startAcknowledging } from './__testUtils__/acknowledging';
import { GroupReader } from './GroupReader';

jest.setTimeout(60_000);

const ANA = 'user:default/ana';
const BEN = 'user:default/ben';
const CAM = 'user:default/cam';

describe('GroupReader', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  /** Ana and Ben are in the group, and only Ana has acknowledged. */
  const setup = async (id: TestDatabaseId) => {
    const t = await startAcknowledging(await databases.init(id));
    let members: string[] = [];
    const onRead = jest.fn(async () => {});
    const reader = new GroupReader({
      policies: { named: async () => [t.policy] },
      rows: t.members,
      auth: mockServices.auth(),
      catalog: catalogServiceMock.mock({
        getEntitiesByRefs: async () => ({
          items: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'staff' },
              relations: members.map(targetRef => ({
                type: 'hasMember',
                targetRef,
              })),
            },
          ],
        }),
      }),
      scheduler: mockServices.scheduler.mock(),
      logger: mockServices.logger.mock(),
      onRead,
    });
    const readAfter = async (minutes: number, ...present: string[]) => {
      members = present;
      t.clock.now = new Date(t.clock.now.getTime() + minutes * 60_000);
      onRead.mockClear();
      await reader.run();
      return t.acknowledgements.numbersOf(t.policy);
    };
    await t.approve(1);
    await t.acknowledge(1, ANA);
    await readAfter(0, ANA, BEN);
    return { readAfter, onRead };
  };

  it.each(databases.eachSupportedId())(
    'keeps whom a catalog that is being filled again does not have yet, %p',
    async id => {
      const { readAfter, onRead } = await setup(id);
      expect(await readAfter(15, ANA)).toMatchObject({ people: 2, missing: 1 });
      expect(await readAfter(15)).toMatchObject({ people: 2, missing: 1 });
      expect(await readAfter(15, ANA)).toMatchObject({ people: 2, missing: 1 });
      expect(onRead).not.toHaveBeenCalled();

      // Once they are there again, an hour begins anew.
      await readAfter(14, ANA, BEN);
      expect(await readAfter(15, ANA)).toMatchObject({ people: 2, missing: 1 });
      expect(await readAfter(59, ANA)).toMatchObject({ people: 2, missing: 1 });
      expect(onRead).not.toHaveBeenCalled();
    },
  );

  it.each(databases.eachSupportedId())(
    'lets those go whom reads miss for an hour, and takes others in at once, %p',
    async id => {
      const { readAfter, onRead } = await setup(id);
      // However old the last read is, one alone removes nobody.
      expect(await readAfter(600, ANA, CAM)).toMatchObject({ people: 3 });
      expect(onRead).toHaveBeenCalledTimes(1);
      expect(await readAfter(60, ANA)).toMatchObject({ people: 2, missing: 1 });
      expect(onRead).toHaveBeenCalledTimes(1);
      expect(await readAfter(60, ANA)).toMatchObject({ people: 1, missing: 0 });
    },
  );
});
