// SPDX-License-Identifier: Apache-2.0
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import { Portal } from './__testUtils__/Portal';

jest.setTimeout(20 * 60_000);

/** Names as the catalog shows them: at most 200 characters. */
const titles = (names: string[]) =>
  names
    .map(name => (name.length > 200 ? `${name.slice(0, 199)}…` : name))
    .sort();
const same = (a: unknown, b: unknown) =>
  JSON.stringify(a) === JSON.stringify(b);

describe('a portal that is killed', () => {
  const moments = [
    {
      moment: 'after a staged batch',
      killAfter: ['insert into history_staged', '^COMMIT'],
      publishedBefore: false,
    },
    {
      moment: 'before the publish',
      killAfter: ['insert into history_delta'],
      publishedBefore: false,
    },
    {
      moment: 'inside the publish',
      killAfter: ['insert into history_groups'],
      publishedBefore: false,
    },
    {
      moment: 'after the publish, before the catalog was told',
      killAfter: ['insert into history_groups', '^COMMIT'],
      publishedBefore: true,
    },
  ];

  // Side by side: most of the time they wait for a lost task's ticket to expire.
  it.concurrent.each(moments)(
    'goes on by itself, $moment',
    async ({ killAfter, publishedBefore }) => {
      const sandbox = await startSandbox();
      const portal = await Portal.create(sandbox);
      const names = () =>
        [...sandbox.world.groups.values()].map(g => g.name).sort();
      try {
        portal.start();
        const before = names();
        await portal.until('the first sync', async () =>
          same(await portal.groups(), before) ? true : undefined,
        );
        await portal.until('the first catalog', async () =>
          same(await portal.catalogGroups(), titles(before)) ? true : undefined,
        );
        await portal.stop();

        sandbox.changes.renameGroup({
          group: 'security-team',
          name: 'security',
        });
        const after = names();

        portal.start(killAfter);
        await portal.until('Sync now', async () => {
          // Being killed in the middle of the answer is fine, too.
          await portal.syncNow().catch(error => {
            if (portal.isRunning()) {
              throw error;
            }
          });
          return true;
        });
        expect(await portal.ended()).toBe('SIGKILL');

        portal.start();
        const first = await portal.until('the restart', () => portal.groups());
        expect(first).toEqual(publishedBefore ? after : before);

        await portal.until('the next publish', async () =>
          same(await portal.groups(), after) ? true : undefined,
        );
        await portal.until('the catalog', async () =>
          same(await portal.catalogGroups(), titles(after)) ? true : undefined,
        );
      } finally {
        await portal.remove();
        await sandbox.close();
      }
    },
  );
});
