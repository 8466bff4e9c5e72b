// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_directory';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable(TABLE, table => {
    table.text('roles').nullable().comment('JSON list, cut; [] of most');
  });
  const roles =
    knex.client.config.client === 'pg'
      ? `left(payload::jsonb ->> 'roles', 250)`
      : `substr(json_extract(payload, '$.roles'), 1, 250)`;
  await knex(TABLE).update({ roles: knex.raw(roles) });
  // Few have a role: these are found without a look at all others.
  await knex.raw(
    `create index ${TABLE}_roles_idx on ${TABLE} (source)
     where closed is null and roles <> '[]'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`drop index ${TABLE}_roles_idx`);
  await knex.raw(`alter table ${TABLE} drop column roles`);
};
