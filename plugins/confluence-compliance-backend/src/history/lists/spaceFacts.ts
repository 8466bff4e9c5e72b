// SPDX-License-Identifier: Apache-2.0
import type { Space } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { SpacePayload } from '../datasets';
import type { Revision } from '../words';
import { countRows } from './counts';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { ANONYMOUS } from './effects';
import { standing } from './page';
import { keyOf, perConnection, Ref } from './refs';
import { readWhole } from './readWhole';
import { countVerdictsAbout } from './verdictCounts';

/** A space as a list finds it. */
export interface SpaceRow {
  connection: string;
  id: string;
  payload: string;
}

/** Spaces whose access must be reviewed, by connection and key; without a key it is the site. */
export type CriticalSpaces = ReadonlyArray<{
  connection: string;
  space?: string;
}>;

/** Adds to spaces what other datasets say of them at the same revision. */
export async function describeSpaces(
  knex: Knex,
  { catalog, critical }: { catalog: CatalogOptions; critical: CriticalSpaces },
  rows: SpaceRow[],
  revision: Revision,
  moment?: string,
): Promise<Space[]> {
  const pages = await countRows(
    knex,
    { table: 'history_pages', column: 'space_id' },
    rows,
    revision,
  );
  const verdictsOf = await countVerdictsAbout(
    knex,
    'resource',
    rows.map(row => ({ ...row, id: `space:${row.id}` })),
    revision,
    moment,
  );
  const access = await principalsOf(knex, rows, revision);
  const names = await subjectNames(knex, 'space', rows);
  const criticalKeys = new Set(
    critical.flatMap(({ connection, space }) =>
      space === undefined ? [] : [keyOf(connection, space.toLowerCase())],
    ),
  );
  return rows.map(({ connection, id, payload }) => {
    const space: SpacePayload = JSON.parse(payload);
    const key = keyOf(connection, id);
    return {
      connection,
      spaceId: id,
      ...space,
      pages: pages.get(key) ?? 0,
      ...access.get(key),
      critical: criticalKeys.has(keyOf(connection, space.key.toLowerCase())),
      ...verdictsOf({ connection, id: `space:${id}` }),
      entityRef:
        space.type === 'personal'
          ? undefined
          : entityRef('resource', catalog, names.get(key)),
    };
  });
}

/**
 * How many principals the permissions of spaces name. Of a space whose permissions were not read
 * whole only what was seen is known: that it is open to everybody, never that it is not.
 */
async function principalsOf(
  knex: Knex,
  rows: Ref[],
  revision: Revision,
): Promise<Map<string, Pick<Space, 'principals' | 'anonymous'>>> {
  const whole = await readWhole(knex, 'grants', rows, revision);
  const known = new Map<string, Pick<Space, 'principals' | 'anonymous'>>();
  whole.forEach(key => known.set(key, { principals: 0, anonymous: false }));
  await perConnection(rows, async (connection, ids) => {
    const principals = knex('history_grants as g')
      .where('g.source', connection)
      .whereIn('g.space_id', ids)
      .distinct('g.space_id', 'g.principal_type', 'g.principal_id');
    const isAnonymous = 'case when principal_type = ? and principal_id = ?';
    const found: Array<{ id: string; total: number; anonymous: number }> =
      await knex
        .from(standing(principals, 'g', revision).as('d'))
        .groupBy('space_id')
        .select({ id: 'space_id' })
        .count({ total: '*' })
        .select(
          knex.raw(`max(${isAnonymous} then 1 else 0 end) as anonymous`, [
            'access-class',
            ANONYMOUS,
          ]),
        );
    for (const { id, total, anonymous } of found) {
      const key = keyOf(connection, id);
      if (whole.has(key)) {
        known.set(key, {
          principals: Number(total),
          anonymous: Number(anonymous) === 1,
        });
      } else if (Number(anonymous) === 1) {
        known.set(key, { anonymous: true });
      }
    }
  });
  return known;
}
