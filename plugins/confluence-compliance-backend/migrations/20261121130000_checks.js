// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('check_runs', table => {
    table.comment('The last run of each check');
    table.string('check_id', 100).primary();
    table.string('requested_at', 24).nullable().comment('Last asked for');
    table.string('started_at', 24).nullable();
    table.string('finished_at', 24).nullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('waiting, running, published, failed');
    table.string('run_id', 36).nullable().comment('Run that may publish');
    table.text('reason').nullable().comment('Why the last run failed');
    table.integer('revision').nullable().comment('Revision it was judged at');
    table.text('gaps').nullable().comment('What was incomplete, as JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('check_runs');
};
