// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('connections', table => {
    table.comment('Connections made in the portal; never a secret');
    table.string('id', 63).primary();
    table.integer('version').notNullable().comment('Grows with each change');
    table.string('title').notNullable();
    table.string('site').nullable().comment('Origin of the site');
    table.string('owner').nullable().comment('Entity ref');
    table.text('purposes').notNullable().comment('JSON');
    table.text('methods').notNullable().comment('JSON, without secrets');
    table.text('organization').nullable().comment('JSON, without its key');
    table.text('user_group').nullable().comment('JSON: id and name');
    table.boolean('enabled').notNullable();
    table.boolean('begun').notNullable().comment('Its set-up has ended once');
    table.string('made_by').notNullable();
    table.string('made_at', 24).notNullable();
    table.string('ended_at', 24).nullable();
    table.integer('ended_revision').nullable();
    table.string('ended_history', 16).nullable().comment('keep or delete');
    table.string('ended_entities', 16).nullable().comment('keep or remove');
  });
  await knex.raw(
    'create unique index connections_site_idx on connections (site) where ended_at is null',
  );
  await knex.schema.createTable('connection_credentials', table => {
    table.comment('Sealed secrets of connections, also OAuth grants');
    table.string('connection', 63).notNullable();
    table.string('name', 32).notNullable().comment('Method, or organization');
    table.text('sealed').notNullable().comment('JWE');
    table.string('key_id', 64).notNullable().comment('Key it is sealed with');
    table.integer('version').notNullable().comment('Grows with each value');
    table.string('changed_at', 24).notNullable();
    table.string('state', 16).notNullable().comment('stored or reconnect');
    table.string('refused_at', 24).nullable();
    table.string('claim', 36).nullable().comment('Who is renewing it now');
    table.bigInteger('claim_expires_at').nullable().comment('Epoch in ms');
    table.primary(['connection', 'name']);
    table.index(['key_id']);
  });
  await knex.schema.createTable('connection_authorizations', table => {
    table.comment('People who were sent to Atlassian to grant access');
    table.string('state_hash', 64).primary();
    table.string('connection', 63).notNullable();
    table.string('person').notNullable().comment('User entity ref');
    table.string('expires_at', 24).notNullable();
  });
  await knex.schema.alterTable('connections_state', table => {
    table
      .text('capabilities')
      .nullable()
      .comment('JSON: what it can read, by dataset');
    table
      .text('notified')
      .nullable()
      .comment('JSON: what people were told of already');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('connections_state', table => {
    table.dropColumns('capabilities', 'notified');
  });
  await knex.schema.dropTable('connection_authorizations');
  await knex.schema.dropTable('connection_credentials');
  await knex.schema.dropTable('connections');
};
