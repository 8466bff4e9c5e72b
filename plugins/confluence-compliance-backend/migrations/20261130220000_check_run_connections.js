// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('check_runs', table => {
    table
      .text('connections')
      .nullable()
      .comment('JSON: those that the last published run judged');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('check_runs', table => {
    table.dropColumn('connections');
  });
};
