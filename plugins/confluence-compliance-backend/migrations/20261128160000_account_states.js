// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_directory';

const indexes = [
  ['membership_status', 'source, membership_status, key, opened'],
  ['account_status', 'source, account_status, key, opened'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable(TABLE, table => {
    table.text('account_status').nullable();
  });
  const status =
    knex.client.config.client === 'pg'
      ? `left(payload::jsonb ->> 'accountStatus', 250)`
      : `substr(json_extract(payload, '$.accountStatus'), 1, 250)`;
  await knex(TABLE).update({ account_status: knex.raw(status) });
  for (const [name, columns] of indexes) {
    await knex.raw(
      `create index ${TABLE}_${name}_idx on ${TABLE} (${columns})`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [name] of indexes) {
    await knex.raw(`drop index ${TABLE}_${name}_idx`);
  }
  await knex.raw(`alter table ${TABLE} drop column account_status`);
};
