// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('check_run_records', table => {
    table.comment('How the runs of each check ended, one row for each change');
    table.increments('id').comment('Order of writing');
    table.string('check_id', 100).notNullable();
    table.string('since', 24).notNullable().comment('ISO time in UTC');
    table.string('state', 16).notNullable().comment('published, failed');
    table.text('reason').nullable().comment('Why it failed');
    table.integer('revision').nullable().comment('Revision it was judged at');
    table
      .text('said')
      .notNullable()
      .comment('JSON: connections that it judged or passed over, and gaps');
    table.index(['check_id', 'since', 'id'], 'check_run_records_check_idx');
    table.index(['since'], 'check_run_records_since_idx');
  });
  await knex.raw(
    `create index history_reads_whole_idx on history_reads
     (source, dataset, finished_at) where outcome = 'complete'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index history_reads_whole_idx');
  await knex.schema.dropTable('check_run_records');
};
