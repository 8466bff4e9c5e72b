// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_pages';
const INDEX = `${TABLE}_by_owner_idx`;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable(TABLE, table => {
    table.text('owner_id').nullable().comment('The account that owns it');
  });
  const isPostgres = knex.client.config.client === 'pg';
  const owner = isPostgres
    ? "payload::json ->> 'ownerId'"
    : "json_extract(payload, '$.ownerId')";
  await knex(TABLE).update({ owner_id: knex.raw(owner) });
  // The pages of an owner in the order of the list.
  await knex.raw(
    `create index ${INDEX}
     on ${TABLE} (owner_id, lower(title), source, key, opened)
     where owner_id is not null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`drop index ${INDEX}`);
  await knex.raw(`alter table ${TABLE} drop column owner_id`);
};
