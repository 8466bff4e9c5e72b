// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_results';
const BEFORE = 'history_results_container_idx';
const BY_KEY = 'history_results_container_key_idx';

/**
 * What stands of a check is read in the order in which a run finds it, so that each is compared with
 * the next one.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`create index ${BY_KEY} on ${TABLE} (source, container, key)`);
  await knex.raw(`drop index ${BEFORE}`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    `create index ${BEFORE} on ${TABLE} (source, container, row_id)`,
  );
  await knex.raw(`drop index ${BY_KEY}`);
};
