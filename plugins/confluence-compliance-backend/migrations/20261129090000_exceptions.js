// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('exceptions', table => {
    table.comment('Findings that were accepted, or that somebody asks to');
    table.bigIncrements('ordinal').comment('Order of asking');
    table.string('id', 36).notNullable().unique();
    table.text('connection').notNullable();
    table.text('result_key').notNullable().comment('Key of the result');
    table.string('check_id', 100).notNullable();
    table.text('subject_kind').notNullable();
    table.text('subject_id').notNullable();
    table.text('account_id').nullable().comment('The account it is about');
    table.string('verdict', 16).notNullable().comment('What is accepted');
    table.string('requested_at', 24).notNullable();
    table.text('requested_by').notNullable();
    table.text('approver').nullable().comment('Whom they asked');
    table.string('until', 24).notNullable().comment('First moment it is over');
    table.string('decided_at', 24).nullable();
    table.text('decided_by').nullable();
    table
      .string('decision', 16)
      .nullable()
      .comment('approved, rejected, lapsed');
    table.string('ended_at', 24).nullable();
    table.text('ended_by').nullable();
    table.integer('opened').nullable().comment('Revision of its approval');
    table.integer('closed').nullable().comment('Revision of its early end');
    table.string('told_at', 24).nullable().comment('Told that it expires');
    table.string('salt', 64).nullable().comment('Of the hashes in the ledger');
    table.text('reason').nullable();
    table.text('control').nullable().comment('What lowers the risk');
    table.text('decision_note').nullable();
    table.text('end_note').nullable();
    table.index(['until', 'id'], 'exceptions_until_idx');
    table.index(['account_id'], 'exceptions_account_idx');
  });
  await knex.raw(
    `create unique index exceptions_one_waits_idx
     on exceptions (connection, result_key) where decided_at is null`,
  );
  await knex.raw(
    `create index exceptions_waiting_idx on exceptions (until, id)
     where decided_at is null`,
  );
  await knex.raw(
    `create index exceptions_live_idx on exceptions (until, id)
     where decision = 'approved' and ended_at is null`,
  );
  await knex.raw(
    `create index exceptions_approved_idx
     on exceptions (connection, result_key, opened, closed, until, verdict)
     where opened is not null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('exceptions');
};
