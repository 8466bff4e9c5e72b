// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('reviews', table => {
    table.comment('Access reviews');
    table.bigIncrements('ordinal').comment('Order of making');
    table.string('id', 36).notNullable().unique();
    table.text('title').notNullable();
    table.string('state', 16).notNullable();
    table.text('scope').notNullable().comment('JSON: connection and what else');
    table.text('owner').notNullable();
    table.text('reviewer').nullable().comment('Named for all items');
    table.text('fallback_reviewer').notNullable();
    table.string('due_at', 24).nullable();
    table.string('created_at', 24).notNullable();
    table.string('started_at', 24).nullable();
    table.string('ended_at', 24).nullable();
    table.integer('revision').nullable().comment('Pinned to it from the start');
    table.text('gaps').notNullable().comment('JSON: accepted at the start');
    table.text('containers').nullable().comment('JSON: what items come from');
    table.integer('containers_done').notNullable();
    table.integer('containers_total').notNullable();
    table.string('seal', 64).nullable().comment('SHA-256 of the sealed items');
    table.text('end_reason').nullable().comment('Why it was cancelled');
    table.index(['state', 'ordinal'], 'reviews_state_idx');
  });
  await knex.schema.createTable('review_items', table => {
    table.comment('What is decided: memberships and grants as assigned');
    table.bigIncrements('ordinal').comment('Order of a review');
    table.string('id', 36).notNullable().unique();
    table.string('review_id', 36).notNullable();
    table.integer('version').notNullable();
    table.string('dataset', 16).notNullable().comment('memberships or grants');
    table.text('connection').notNullable();
    table.text('container').notNullable().comment('Id of the group or space');
    table.text('principal_kind').notNullable();
    table.text('principal_id').notNullable();
    table.text('facts').notNullable().comment('JSON, without personal data');
    table.text('reviewer').notNullable();
    table.string('because', 16).notNullable();
    table
      .string('decision', 16)
      .notNullable()
      .comment('undecided, keep, revoke or defer');
    table.text('decided_by').nullable();
    table.string('decided_at', 24).nullable();
    table.text('reason').nullable();
    table.text('sealed').nullable().comment('JSON as signed off');
    table.unique(
      ['review_id', 'dataset', 'container', 'principal_kind', 'principal_id'],
      { indexName: 'review_items_key_idx' },
    );
    table.index(['review_id', 'ordinal'], 'review_items_list_idx');
    table.index(
      ['review_id', 'decision', 'ordinal'],
      'review_items_decision_idx',
    );
    table.index(
      ['review_id', 'reviewer', 'ordinal'],
      'review_items_reviewer_idx',
    );
    table.index(
      ['review_id', 'reviewer', 'decision', 'ordinal'],
      'review_items_own_idx',
    );
    table.index(['reviewer', 'review_id'], 'review_items_mine_idx');
  });
  await knex.schema.createTable('review_events', table => {
    table.comment('Every decision, undo and reassignment, in order');
    table.bigIncrements('ordinal');
    table.string('review_id', 36).notNullable();
    table.string('item_id', 36).notNullable();
    table.string('kind', 16).notNullable();
    table.text('actor').notNullable();
    table.string('at', 24).notNullable();
    table.integer('from_version').notNullable();
    table.text('from_decision').notNullable();
    table.text('from_reviewer').notNullable();
    table.text('to_reviewer').nullable();
    table.text('reason').nullable();
    table.index(['review_id', 'item_id', 'ordinal'], 'review_events_item_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('review_events');
  await knex.schema.dropTable('review_items');
  await knex.schema.dropTable('reviews');
};
