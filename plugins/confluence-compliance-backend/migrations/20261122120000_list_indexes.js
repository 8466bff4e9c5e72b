// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_results';

/** @type {Array<[string, string]>} */
const indexes = [
  // Which accounts have findings, beginning with the findings.
  [
    `${TABLE}_account_verdict_idx`,
    `${TABLE} (source, verdict, account_id, opened, closed)
     where account_id is not null`,
  ],
  // The trend reads when findings began and ended, and nothing else of them. With `closed` first
  // this index does not look better than those that have the order of the lists of findings.
  [
    `${TABLE}_trend_idx`,
    `${TABLE} (source, check_id, verdict, closed, opened)`,
  ],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Elsewhere the order of texts is that of their characters, and any index serves.
  if (knex.client.config.client === 'pg') {
    await knex.raw(
      'create index history_accounts_prefix_idx on history_accounts (key text_pattern_ops)',
    );
  }
  for (const [name, columns] of indexes) {
    await knex.raw(`create index ${name} on ${columns}`);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index if exists history_accounts_prefix_idx');
  for (const [name] of indexes) {
    await knex.raw(`drop index ${name}`);
  }
};
