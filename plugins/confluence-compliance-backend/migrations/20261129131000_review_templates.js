// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('review_templates', table => {
    table.comment('What reviews that recur are made of, as set in the portal');
    table.string('id', 63).primary();
    table.text('spec').notNullable().comment('JSON of the template');
    table.text('set_by').notNullable();
    table.string('set_at', 24).notNullable();
  });
  await knex.schema.createTable('review_template_runs', table => {
    table.comment('The one review of each template and period');
    table.string('template', 63).notNullable();
    table.string('period', 10).notNullable();
    table.string('review_id', 36).notNullable();
    table.string('made_at', 24).notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('starting, draft, started or not-started');
    table.string('told_at', 24).nullable().comment('When its owner was told');
    table.primary(['template', 'period']);
    table.index(['template', 'made_at'], 'review_template_runs_last_idx');
    table.index(['state'], 'review_template_runs_state_idx');
    table.index(['told_at'], 'review_template_runs_told_idx');
  });
  await knex.schema.alterTable('reviews', table => {
    table.string('template', 63).nullable().comment('What made it');
    table.string('template_period', 10).nullable();
    table.text('not_started').nullable().comment('JSON: why not, of a draft');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('reviews', table => {
    table.dropColumn('template');
    table.dropColumn('template_period');
    table.dropColumn('not_started');
  });
  await knex.schema.dropTable('review_template_runs');
  await knex.schema.dropTable('review_templates');
};
