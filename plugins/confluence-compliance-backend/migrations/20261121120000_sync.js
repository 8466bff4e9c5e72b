// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('connections_state', table => {
    table.comment('What is remembered of a connection; never a secret');
    table.string('id').primary();
    table
      .string('sync_requested_at', 24)
      .nullable()
      .comment('Sync now was asked for and has not started yet');
    table.string('slice_token', 36).nullable().comment('Who works on it now');
    table.bigInteger('slice_expires_at').nullable().comment('Epoch in ms');
    table
      .text('read_at')
      .nullable()
      .comment('JSON: when each cadence was last served, ISO times');
    table
      .string('pages_watermark')
      .nullable()
      .comment('Newest page change that is published');
    table
      .string('retry_at', 24)
      .nullable()
      .comment('No scheduled run before this, because the last one failed');
    table.string('error_code').nullable();
    table.text('error_text').nullable();
    table.string('error_at', 24).nullable();
  });
  await knex.schema.createTable('sync_runs', table => {
    table.comment('One pass over the due datasets of a connection');
    table.bigIncrements('ordinal').comment('Order of starting');
    table.string('id', 36).notNullable().unique();
    table.string('connection').notNullable();
    table.string('trigger', 16).notNullable();
    table.string('state', 16).notNullable();
    table.string('reason_code').nullable();
    table.text('reason_text').nullable();
    table.string('started_at', 24).notNullable();
    table.string('finished_at', 24).nullable();
    table.string('resume_at', 24).nullable();
    table.integer('revision').nullable();
    table.integer('opened').notNullable().defaultTo(0);
    table.integer('changed').notNullable().defaultTo(0);
    table.integer('removed').notNullable().defaultTo(0);
    table.integer('requests').notNullable().defaultTo(0);
    table.integer('points').notNullable().defaultTo(0);
    table
      .integer('setbacks')
      .notNullable()
      .comment('Slices that failed in a row');
    table.text('plan').notNullable().comment('JSON: what is due');
    table.text('report').nullable().comment('JSON: datasets, once it ended');
    table.text('refused').nullable().comment('JSON: refused shrinks');
    table.index(['connection', 'ordinal'], 'sync_runs_connection_idx');
  });
  await knex.raw(
    `create unique index sync_runs_active_idx on sync_runs (connection)
     where state in ('running', 'paused')`,
  );
  await knex.schema.createTable('sync_work', table => {
    table.comment('What a run has found and still needs; empty after it');
    table.string('run_id', 36).notNullable();
    table.string('kind', 16).notNullable();
    table.text('key').notNullable();
    table.text('data').nullable().comment('JSON');
    table.primary(['run_id', 'kind', 'key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sync_work');
  await knex.schema.dropTable('sync_runs');
  await knex.schema.dropTable('connections_state');
};
