// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_grants';

const facets = [
  'space_id',
  'principal_type',
  'principal_id',
  'operation',
  'target',
];

/** @type {Array<[string, string[]]>} */
const indexes = [
  ['source', ['source', 'row_id']],
  ['container', ['source', 'container', 'row_id']],
  ['key', ['source', 'key', 'opened']],
  ['space', ['source', 'space_id', 'principal_type', 'principal_id']],
  ['principal', ['source', 'principal_type', 'principal_id', 'space_id']],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable(TABLE, table => {
    table.comment(
      'Who may do what in a space: a row holds while opened <= revision < closed',
    );
    table.bigIncrements('row_id').comment('Order of writing; never reused');
    table.text('source').notNullable().comment('Connection');
    table.text('container').notNullable().comment('Id of the space');
    table.text('key').notNullable().comment('Unique in source and dataset');
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
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable(TABLE);
};
