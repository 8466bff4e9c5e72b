// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('review_reminders', table => {
    table.comment('Reminders of the last days, so that each is sent once');
    table.string('review_id', 36).notNullable();
    table.text('reviewer').notNullable().comment('User entity ref');
    table.string('day', 10).notNullable().comment('ISO date in UTC');
    table.primary(['review_id', 'reviewer', 'day']);
    table.index(['day'], 'review_reminders_day_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('review_reminders');
};
