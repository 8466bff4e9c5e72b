// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_results';

/**
 * Indexes that begin with what lists and cards ask for.
 *
 * @type {Array<[string, string]>}
 */
const indexes = [
  // Which accounts have findings, beginning with the findings.
  [
    `${TABLE}_account_verdict_idx`,
    `${TABLE} (source, verdict, account_id, opened, closed)
     where account_id is not null`,
  ],
  // How many results about a resource have each verdict now.
  [
    `${TABLE}_resource_count_idx`,
    `${TABLE} (source, resource, check_id, verdict, row_id)
     where closed is null and resource is not null`,
  ],
  // The same of an account.
  [
    `${TABLE}_account_count_idx`,
    `${TABLE} (source, account_id, check_id, verdict, row_id)
     where closed is null and account_id is not null`,
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
