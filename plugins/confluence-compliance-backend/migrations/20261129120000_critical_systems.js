// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('critical_systems', table => {
    table.comment('Sites and spaces that somebody marked in the portal');
    table.text('connection').notNullable();
    table.text('space').notNullable().comment('Key; empty for the site');
    table.text('owner').nullable().comment('Entity ref');
    table.text('review_every').notNullable().comment('ISO 8601 duration');
    table.text('rule').notNullable().comment('JSON: who may have access');
    table.text('marked_by').notNullable().comment('User or service ref');
    table.string('marked_at', 24).notNullable().comment('ISO time in UTC');
    table.primary(['connection', 'space']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('critical_systems');
};
