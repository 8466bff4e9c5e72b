// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('reviews', table => {
    table
      .string('all_decided_at', 24)
      .nullable()
      .comment('When all its items were decided the last time, so far');
  });
  // What they revoke waits for its removal already.
  const latest = knex('review_items')
    .whereRaw('review_items.review_id = reviews.id')
    .max('decided_at');
  await knex('reviews')
    .where({ state: 'remediation' })
    .update({ all_decided_at: latest });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('reviews', table => {
    table.dropColumn('all_decided_at');
  });
};
