// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { STANDARD_CADENCE } from '../config';
import type { ConnectionDefinition, Ending } from './types';

interface Row {
  id: string;
  version: number;
  title: string;
  site: string | null;
  owner: string | null;
  purposes: string;
  methods: string;
  organization: string | null;
  user_group: string | null;
  enabled: boolean | number;
  begun: boolean | number;
  made_by: string;
  made_at: string;
  ended_at: string | null;
  ended_revision: number | null;
  ended_history: Ending['history'] | null;
  ended_entities: Ending['entities'] | null;
}

const TABLE = 'connections';

/** The table `connections`: those that were made in the portal. */
export class ConnectionRows {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async all(): Promise<ConnectionDefinition[]> {
    const rows = await this.#knex<Row>(TABLE).orderBy(['made_at', 'id']);
    return rows.map(toDefinition);
  }

  /** A ConflictError when the id or the site is taken. */
  async insert(
    tx: Knex.Transaction,
    definition: ConnectionDefinition,
  ): Promise<void> {
    const inserted = await tx(TABLE)
      .insert({ ...toRow(definition), version: 1 })
      .onConflict()
      .ignore()
      .returning('id');
    if (inserted.length === 0) {
      throw new ConflictError(
        'id or site: another connection has it, try again with others',
      );
    }
  }

  /** A ConflictError when somebody else changed it meanwhile. */
  async update(
    tx: Knex.Transaction,
    definition: ConnectionDefinition,
  ): Promise<void> {
    const { id, version } = definition;
    const changed = await tx(TABLE)
      .where({ id, version })
      .update({ ...toRow(definition), version: version + 1 })
      .catch(error => {
        throw isTwin(error) ? siteTaken() : error;
      });
    if (changed !== 1) {
      throw changedMeanwhile(id);
    }
  }

  /** A ConflictError when it has changed meanwhile. */
  async remove(
    tx: Knex.Transaction,
    { id, version }: ConnectionDefinition,
  ): Promise<void> {
    if ((await tx(TABLE).where({ id, version }).delete()) !== 1) {
      throw changedMeanwhile(id);
    }
  }
}

/** Another row has the site: SQLite and PostgreSQL say so in their own way. */
function isTwin(error: { code?: unknown }): boolean {
  return error.code === '23505' || error.code === 'SQLITE_CONSTRAINT_UNIQUE';
}

function siteTaken(): ConflictError {
  return new ConflictError(
    'site: another connection has it, a site has one connection',
  );
}

function changedMeanwhile(id: string): ConflictError {
  return new ConflictError(
    `Somebody else has changed the connection '${id}' meanwhile: look at it again`,
  );
}

function toRow(definition: ConnectionDefinition): Omit<Row, 'version'> {
  const { organization, userGroup, ended } = definition;
  return {
    id: definition.id,
    title: definition.title,
    site: definition.site ?? null,
    owner: definition.owner ?? null,
    purposes: JSON.stringify(definition.purposes),
    methods: JSON.stringify(definition.methods),
    organization: organization ? JSON.stringify(organization) : null,
    user_group: userGroup ? JSON.stringify(userGroup) : null,
    enabled: definition.enabled,
    begun: definition.begun,
    made_by: definition.madeBy ?? '',
    made_at: definition.madeAt ?? '',
    ended_at: ended?.at ?? null,
    ended_revision: ended?.revision ?? null,
    ended_history: ended?.history ?? null,
    ended_entities: ended?.entities ?? null,
  };
}

function toDefinition(row: Row): ConnectionDefinition {
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    site: row.site ?? undefined,
    origin: 'portal',
    owner: row.owner ?? undefined,
    purposes: JSON.parse(row.purposes),
    methods: JSON.parse(row.methods),
    organization: row.organization ? JSON.parse(row.organization) : undefined,
    userGroup: row.user_group ? JSON.parse(row.user_group) : undefined,
    cadence: STANDARD_CADENCE,
    enabled: Boolean(row.enabled),
    begun: Boolean(row.begun),
    madeBy: row.made_by,
    madeAt: row.made_at,
    ...(row.ended_at && {
      ended: {
        at: row.ended_at,
        revision: row.ended_revision ?? 0,
        history: row.ended_history ?? 'keep',
        entities: row.ended_entities ?? 'remove',
      },
    }),
  };
}
