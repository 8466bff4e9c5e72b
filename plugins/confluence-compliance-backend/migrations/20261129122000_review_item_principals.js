// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('review_items', table => {
    table.index(
      ['principal_id', 'connection', 'principal_kind'],
      'review_items_principal_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('review_items', table => {
    table.dropIndex([], 'review_items_principal_idx');
  });
};
