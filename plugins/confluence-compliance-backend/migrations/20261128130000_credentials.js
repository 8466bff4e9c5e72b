// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_credentials';

const facets = ['kind', 'account_id', 'status'];

/** @type {Array<[string, string[]]>} */
const indexes = [
  ['source', ['source', 'row_id']],
  ['container', ['source', 'container', 'row_id']],
  ['key', ['source', 'key', 'opened']],
  ['account', ['source', 'account_id', 'opened']],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable(TABLE, table => {
    table.comment(
      'API tokens and service accounts of an organization: a row holds while opened <= revision < closed',
    );
    table.bigIncrements('row_id').comment('Order of writing; never reused');
    table.text('source').notNullable().comment('organization:<id>');
    table
      .text('container')
      .notNullable()
      .comment('api-tokens or service-accounts');
    table.text('key').notNullable().comment('<kind>/<id>');
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
  await knex.schema.createTable('credential_details', table => {
    table.comment(
      'What is personal or changes with every use of a credential, latest value only',
    );
    table.text('source').notNullable().comment('Who says it');
    table.text('key').notNullable().comment('As in history_credentials');
    table.text('account_id').notNullable();
    table.text('label').nullable().comment('What its owner called it');
    table.string('last_used_at', 24).nullable().comment('ISO time in UTC');
    table.primary(['key', 'source']);
    table.index(['account_id'], 'credential_details_account_idx');
    table.index(['source'], 'credential_details_source_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('credential_details');
  await knex.schema.dropTable(TABLE);
};
