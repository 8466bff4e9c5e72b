// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_audit';

/** @type {Array<[string, string[]]>} */
const indexes = [
  ['source', ['source', 'row_id']],
  ['container', ['source', 'container', 'row_id']],
  ['key', ['source', 'key', 'opened']],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable(TABLE, table => {
    table.comment(
      'When a site last recorded a change of access: a row holds while opened <= revision < closed',
    );
    table.bigIncrements('row_id').comment('Order of writing; never reused');
    table.text('source').notNullable().comment('Connection id');
    table.text('container').notNullable().comment('One: site');
    table.text('key').notNullable().comment('One: site');
    table.integer('opened').notNullable().comment('First revision it holds');
    table.integer('closed').nullable().comment('First revision it does not');
    table.integer('shape').notNullable().comment('Shape of the payload');
    table.string('hash', 64).notNullable().comment('SHA-256 of the payload');
    table.text('payload').notNullable().comment('Facts as canonical JSON');
    table
      .string('out_of_scope_since', 24)
      .nullable()
      .comment('ISO time since which a changed scope cannot confirm it');
    for (const [name, columns] of indexes) {
      table.index(columns, `${TABLE}_${name}_idx`);
    }
  });
  await knex.raw(
    `create unique index ${TABLE}_open_idx on ${TABLE} (key, source)
     where closed is null`,
  );
  await knex.schema.alterTable('connections_state', table => {
    table
      .text('audit')
      .nullable()
      .comment('What was seen of the audit log, latest value only, as JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table connections_state drop column audit');
  await knex.schema.dropTable(TABLE);
};
