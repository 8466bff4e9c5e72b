// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('policy_mappings', table => {
    table
      .text('acknowledged_by')
      .nullable()
      .comment('JSON: refs of the groups whom it concerns; null: nobody');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('policy_mappings', table => {
    table.dropColumn('acknowledged_by');
  });
};
