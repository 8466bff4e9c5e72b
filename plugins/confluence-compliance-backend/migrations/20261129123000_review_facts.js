// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('reviews', table => {
    table.text('reviewers').nullable().comment('JSON: rules as they are tried');
    table.text('owners').nullable().comment('JSON: who owns what, for rules');
  });
  await knex.schema.alterTable('review_items', table => {
    table.text('decided_for').nullable().comment('Whom a delegate stood for');
    table.text('removed_by').nullable().comment('Who removes what was revoked');
    table.string('removed_until', 24).nullable();
    table.index(
      ['connection', 'dataset', 'container', 'principal_id', 'review_id'],
      'review_items_assigned_idx',
    );
  });
  await knex.schema.alterTable('review_events', table => {
    table.text('stood_for').nullable().comment('Whom a delegate stood for');
  });
  await knex.schema.createTable('review_delegations', table => {
    table.comment('Who decides in the place of a reviewer, and how long');
    table.bigIncrements('ordinal');
    table.string('id', 36).notNullable().unique();
    table.text('delegator').notNullable();
    table.text('delegate').notNullable();
    table.string('starts_at', 24).notNullable();
    table.string('ends_at', 24).notNullable();
    table.text('reason').notNullable();
    table.string('created_at', 24).notNullable();
    table.string('ended_at', 24).nullable().comment('Before its time');
    table.index(['delegate', 'ordinal'], 'review_delegations_to_idx');
    table.index(['delegator', 'ordinal'], 'review_delegations_from_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('review_delegations');
  await knex.schema.alterTable('review_events', table => {
    table.dropColumn('stood_for');
  });
  await knex.schema.alterTable('review_items', table => {
    table.dropIndex([], 'review_items_assigned_idx');
    table.dropColumn('decided_for');
    table.dropColumn('removed_by');
    table.dropColumn('removed_until');
  });
  await knex.schema.alterTable('reviews', table => {
    table.dropColumn('reviewers');
    table.dropColumn('owners');
  });
};
