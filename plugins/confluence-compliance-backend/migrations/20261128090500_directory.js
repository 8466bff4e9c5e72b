// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_directory';

const facets = ['mfa', 'membership_status', 'claim_status'];

/** @type {Array<[string, string[]]>} */
const indexes = [
  ['source', ['source', 'row_id']],
  ['container', ['source', 'container', 'row_id']],
  ['key', ['source', 'key', 'opened']],
  ['mfa', ['source', 'mfa', 'key', 'opened']],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable(TABLE, table => {
    table.comment(
      'What an organization said of accounts: a row holds while opened <= revision < closed',
    );
    table.bigIncrements('row_id').comment('Order of writing; never reused');
    table.text('source').notNullable().comment('organization:<id>');
    table.text('container').notNullable().comment('One: all');
    table.text('key').notNullable().comment('Account id');
    table.integer('opened').notNullable().comment('First revision it holds');
    table.integer('closed').nullable().comment('First revision it does not');
    table.integer('shape').notNullable().comment('Shape of the payload');
    table.string('hash', 64).notNullable().comment('SHA-256 of the payload');
    table.text('payload').notNullable().comment('Facts as canonical JSON');
    table
      .string('out_of_scope_since', 24)
      .nullable()
      .comment('ISO time since which a changed scope cannot confirm it');
    facets.forEach(facet => table.text(facet).nullable());
    for (const [name, columns] of indexes) {
      table.index(columns, `${TABLE}_${name}_idx`);
    }
  });
  await knex.raw(
    `create unique index ${TABLE}_open_idx on ${TABLE} (key, source)
     where closed is null`,
  );
  await knex.schema.createTable('account_activity', table => {
    table.comment('When an account was last active, latest value only');
    table.text('source').notNullable().comment('Who says it');
    table.text('account_id').notNullable();
    table.text('resource').notNullable().comment('ARI of a product of a site');
    table.string('last_active_at', 24).notNullable().comment('ISO time in UTC');
    table.primary(['account_id', 'source', 'resource']);
    table.index(['source'], 'account_activity_source_idx');
  });
  await knex.schema.alterTable('profiles', table => {
    table
      .text('email_from')
      .nullable()
      .comment('organization where it gave the email; else the site');
  });
  await knex.schema.alterTable('connections_state', table => {
    table.text('cloud_id').nullable().comment('Atlassian id of the site');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table connections_state drop column cloud_id');
  await knex.raw('alter table profiles drop column email_from');
  await knex.schema.dropTable('account_activity');
  await knex.schema.dropTable(TABLE);
};
