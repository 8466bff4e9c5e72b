// SPDX-License-Identifier: Apache-2.0
// @ts-check

const NAME = 'history_results_trend_idx';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // The trend reads when findings began and ended, and nothing else of them. With `closed` first
  // this index does not look better than those that have the order of the lists of findings.
  await knex.raw(
    `create index ${NAME} on history_results
     (source, check_id, verdict, closed, opened)`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`drop index ${NAME}`);
};
