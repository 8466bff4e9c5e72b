// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('reviews', table => {
    table
      .boolean('connection_gone')
      .notNullable()
      .defaultTo(false)
      .comment('Its connection was deleted with its history');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('reviews', table => {
    table.dropColumn('connection_gone');
  });
};
