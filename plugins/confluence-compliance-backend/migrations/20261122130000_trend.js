// SPDX-License-Identifier: Apache-2.0
// @ts-check

const NAME = 'history_results_trend_idx';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // The trend reads when findings began and ended, and nothing else of them.
  await knex.raw(
    `create index ${NAME} on history_results
     (source, check_id, verdict, opened, closed)`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`drop index ${NAME}`);
};
