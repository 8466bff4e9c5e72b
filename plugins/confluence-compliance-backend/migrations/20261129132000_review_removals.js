// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('review_removals', table => {
    table.comment('Removals that were sent to Confluence, claimed before that');
    table.string('item_id', 36).notNullable();
    table.integer('item_version').notNullable().comment('As it was revoked');
    table.string('review_id', 36).notNullable();
    table.string('claim', 36).notNullable().comment('Of the last try');
    table.string('outcome', 16).notNullable().comment('unknown until answered');
    table.string('reason', 64).nullable().comment('Code of a refusal');
    table.text('actor').notNullable();
    table.string('claimed_at', 24).notNullable();
    table.string('answered_at', 24).nullable();
    table.primary(['item_id', 'item_version']);
    table.index(['review_id'], 'review_removals_review_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('review_removals');
};
