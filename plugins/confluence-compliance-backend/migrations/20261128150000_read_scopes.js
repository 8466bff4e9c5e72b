// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'connections_read_scopes';

const datasets = [
  'accounts',
  'groups',
  'memberships',
  'spaces',
  'grants',
  'pages',
  'labels',
  'restrictions',
  'directory',
  'credentials',
  'audit',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable(TABLE, table => {
    table.comment('Under whose rights a connection has read');
    table.text('connection').notNullable();
    table.string('scope', 64).notNullable().comment('As reads have it');
    table.string('method', 32).notNullable();
    table
      .text('account_id')
      .nullable()
      .comment('Absent where the credential may not ask whose it is');
    table
      .boolean('current')
      .notNullable()
      .comment('The last one that its method has read under');
    table.primary(['connection', 'scope']);
  });
  // They are few, and counted for each container that is shown.
  for (const dataset of datasets) {
    await knex.raw(
      `create index history_${dataset}_out_of_scope_idx
       on history_${dataset} (source, container)
       where closed is null and out_of_scope_since is not null`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const dataset of datasets) {
    await knex.raw(`drop index history_${dataset}_out_of_scope_idx`);
  }
  await knex.schema.dropTable(TABLE);
};
