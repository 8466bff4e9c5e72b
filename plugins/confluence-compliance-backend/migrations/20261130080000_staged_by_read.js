// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_staged';
const BEFORE = 'history_staged_before';

/**
 * Makes the table anew with another primary key, since SQLite cannot change it. What reads that go on
 * have staged stays.
 *
 * @param {import('knex').Knex} knex
 * @param {string[]} key
 * @param {string} name
 */
async function keyBy(knex, key, name) {
  await knex.raw('drop index history_staged_profile_idx');
  await knex.schema.renameTable(TABLE, BEFORE);
  await knex.schema.createTable(TABLE, table => {
    table.comment('Rows that a read has seen, until they are published');
    table.text('key').notNullable();
    table.string('read_id', 36).notNullable();
    table.string('hash', 64).notNullable();
    table.integer('shape').notNullable();
    table.text('payload').nullable().comment('Absent when unchanged');
    table.text('profile').nullable().comment('Absent when unchanged');
    table
      .string('rewrite_of', 64)
      .nullable()
      .comment('Hash of the open row that says the same in an older shape');
    table.primary(key, name);
  });
  const columns = 'key, read_id, hash, shape, payload, profile, rewrite_of';
  await knex.raw(
    `insert into ${TABLE} (${columns}) select ${columns} from ${BEFORE}`,
  );
  await knex.schema.dropTable(BEFORE);
  await knex.raw(
    `create index history_staged_profile_idx on ${TABLE} (read_id, key)
     where profile is not null`,
  );
}

/**
 * What a read stages lies together: by keys first, each batch was written all over the index.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw('drop index history_staged_read_idx');
  await keyBy(knex, ['read_id', 'key'], 'history_staged_by_read_pkey');
  if (knex.client.config.client === 'pg') {
    // A row that its own read has not seen is looked for in thousands of others.
    await knex.raw(`create index history_staged_key_idx on ${TABLE} (key)`);
    // Empty between transactions: there is nothing to recover.
    await knex.raw('alter table history_delta set unlogged');
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (knex.client.config.client === 'pg') {
    await knex.raw('alter table history_delta set logged');
    await knex.raw('drop index history_staged_key_idx');
  }
  await keyBy(knex, ['key', 'read_id'], 'history_staged_pkey');
  await knex.raw(
    `create index history_staged_read_idx on ${TABLE} (read_id, key)`,
  );
};
