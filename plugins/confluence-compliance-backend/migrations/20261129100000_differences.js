// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_staged';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable(TABLE, table => {
    table
      .boolean('gone')
      .notNullable()
      .defaultTo(false)
      .comment('Told as not there any more by a read of the difference');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Without the column what is gone would look as if it was seen.
  await knex(TABLE).where({ gone: true }).delete();
  await knex.raw(`alter table ${TABLE} drop column gone`);
};
