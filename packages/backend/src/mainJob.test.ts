// SPDX-License-Identifier: Apache-2.0
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import Database from 'better-sqlite3';
import { isEqual } from 'lodash';
import { join } from 'node:path';
import { Portal } from './__testUtils__/Portal';

jest.setTimeout(15 * 60_000);

interface Stored {
  entity_ref: string;
  unprocessed_hash: string;
  result_hash: string;
  last_discovery_at: string;
}

/** What the catalog has stored of our entities, by entity ref. */
function storedEntities(portal: Portal): Map<string, Stored> {
  const catalog = new Database(join(portal.folder, 'catalog.sqlite'), {
    readonly: true,
  });
  try {
    const rows = catalog
      .prepare(
        `select entity_ref, unprocessed_hash, result_hash, last_discovery_at
         from refresh_state where entity_ref like '%:confluence/%'`,
      )
      .all() as Stored[];
    return new Map(rows.map(row => [row.entity_ref, row]));
  } finally {
    catalog.close();
  }
}

interface PageItem {
  pageId: string;
  title: string;
  status: string;
  labels: string[];
  restriction: string;
  entityRef?: string;
}

describe('the main job', () => {
  it('shows what changed in Confluence, and touches nothing else', async () => {
    const sandbox = await startSandbox();
    const portal = await Portal.create(sandbox);
    const list = async (path: string) =>
      (await portal.get(`/confluence-compliance/${path}`)).items;
    const pages = (): Promise<PageItem[]> => list('pages?limit=200');
    const leavers = async (): Promise<string[]> =>
      (await list('findings?check=access.offboarded-removed&verdict=fail'))
        .map((finding: any) => finding.subject.title)
        .sort();

    try {
      portal.start();
      await portal.until('the leavers', async () =>
        isEqual(await leavers(), ['Tamsin Vega', 'Ulrich Bonney'])
          ? true
          : undefined,
      );
      const policies = (await pages()).filter(
        ({ labels, restriction, status }) =>
          labels.includes('policy') &&
          restriction === 'open' &&
          status === 'current',
      );
      const [trashed, unlabelled] = policies;
      const labelled = (await pages()).find(
        ({ labels, status }) => labels.length === 0 && status === 'current',
      )!;
      const [tamsin] = await list('accounts?q=tamsin');

      /** Hashes once the catalog has processed everything it was told. */
      const settled = async () =>
        portal.until('a quiet catalog', async () => {
          const first = storedEntities(portal);
          await new Promise(resolve => setTimeout(resolve, 15_000));
          const second = storedEntities(portal);
          return isEqual(first, second) ? second : undefined;
        });
      const before = await settled();
      expect(before.has(tamsin.entityRef)).toBe(true);
      for (const policy of policies) {
        expect(before.has(policy.entityRef!)).toBe(true);
      }

      sandbox.changes.removeAccount({ account: 'tamsin.vega' });
      sandbox.changes.trashPage({ page: trashed.pageId });
      sandbox.changes.renameGroup({ group: 'security-team', name: 'security' });
      sandbox.changes.removeLabel({ page: unlabelled.pageId, label: 'policy' });
      sandbox.changes.addLabel({ page: labelled.pageId, label: 'policy' });
      await portal.syncNow();

      await portal.until('the finding to end', async () =>
        isEqual(await leavers(), ['Ulrich Bonney']) ? true : undefined,
      );
      // The name goes with the account that is closed.
      expect(await list('accounts?q=tamsin')).toEqual([]);
      const closed = await portal.get(
        `/confluence-compliance/accounts/northwind/${encodeURIComponent(
          tamsin.accountId,
        )}`,
      );
      expect(closed).toMatchObject({
        status: 'closed',
        listed: false,
        memberOf: [],
      });
      const now = new Map((await pages()).map(page => [page.pageId, page]));
      expect(now.get(trashed.pageId)?.status).toBe('trashed');
      expect(now.get(unlabelled.pageId)?.labels).not.toContain('policy');
      expect(now.get(labelled.pageId)?.labels).toEqual(['policy']);

      const after = await settled();
      const refs = (ours: Map<string, Stored>, theirs: Map<string, Stored>) =>
        [...ours.keys()].filter(ref => !theirs.has(ref)).sort();
      const changed = [...before.keys()].filter(
        ref => after.has(ref) && !isEqual(after.get(ref), before.get(ref)),
      );
      expect(refs(before, after)).toEqual(
        [tamsin.entityRef, trashed.entityRef, unlabelled.entityRef].sort(),
      );
      expect(refs(after, before)).toEqual([
        now.get(labelled.pageId)?.entityRef,
      ]);
      expect(changed).toEqual([
        expect.stringMatching(/^group:confluence\/security-team-/),
      ]);
    } finally {
      await portal.remove();
      await sandbox.close();
    }
  });
});
