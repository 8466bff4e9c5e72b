// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { createTestReviews, link } from '.';

export const MIA = 'user:default/mia';
export const BOSS = 'user:default/boss';

/** Reviews of which tests look at the people. */
export async function createTestPeople(knex: Knex) {
  const t = await createTestReviews(knex);
  const identify = (ids: Record<string, string>) =>
    t.read({
      source: 'identity',
      dataset: 'identity_links',
      key: 'links',
      rows: Object.entries(ids).map(([id, person]) => link(id, person)),
    });
  /** What the ledger has of a kind, the oldest first. */
  const entries = async (kind: string) =>
    (await knex('ledger_entries').where({ kind }).orderBy('seq')).map(
      ({ payload }) => JSON.parse(payload),
    );
  const versions = async (id: string, ...names: string[]) => {
    const items = await t.itemsOf(id);
    return items
      .filter(item => names.includes(item.principal.id))
      .map(({ id: item, version }) => ({ id: item, version }));
  };
  return { ...t, knex, identify, entries, versions };
}
