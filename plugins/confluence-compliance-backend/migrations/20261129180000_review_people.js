// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('review_changes', table => {
    table.comment('What somebody did with a whole review, in order');
    table.bigIncrements('ordinal');
    table.string('review_id', 36).notNullable();
    table.string('kind', 16).notNullable().comment('owner or hand-on');
    table.text('actor').notNullable();
    table.string('at', 24).notNullable();
    table.text('from_person').notNullable().comment('Who had it');
    table.text('to_person').notNullable();
    table.integer('rows').nullable().comment('That were handed on');
    table.integer('undone').nullable().comment('Of these had been decided');
    table.text('reason').notNullable();
    table
      .string('reason_salt', 32)
      .nullable()
      .comment('Hex, of the hash in the ledger; goes with the text');
    table.index(['review_id', 'ordinal'], 'review_changes_list_idx');
  });
  await knex.schema.alterTable('review_delegations', table => {
    table.text('ended_by').nullable().comment('Who ended it before its time');
    table.index(['delegate', 'ends_at'], 'review_delegations_for_idx');
    table.index(['delegator', 'ends_at'], 'review_delegations_of_idx');
    table.index(['ends_at', 'ordinal'], 'review_delegations_open_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('review_delegations', table => {
    table.dropIndex([], 'review_delegations_open_idx');
    table.dropIndex([], 'review_delegations_of_idx');
    table.dropIndex([], 'review_delegations_for_idx');
    table.dropColumn('ended_by');
  });
  await knex.schema.dropTable('review_changes');
};
