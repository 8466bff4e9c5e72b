// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('review_items', table => {
    table.index(
      ['review_id', 'principal_id', 'ordinal'],
      'review_items_who_idx',
    );
    table.index(
      ['review_id', 'container', 'ordinal'],
      'review_items_container_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('review_items', table => {
    table.dropIndex([], 'review_items_who_idx');
    table.dropIndex([], 'review_items_container_idx');
  });
};
