// SPDX-License-Identifier: Apache-2.0
// @ts-check

/**
 * Indexes in the order in which the lists of the API are read: name, table, columns.
 * Names are cut, since an index entry has a largest size on PostgreSQL.
 */
const indexes = [
  [
    'profiles_name_idx',
    'profiles (kind, lower(substr(coalesce(name, public_name), 1, 200)), id)',
  ],
  ['history_accounts_id_idx', 'history_accounts (key, source, opened)'],
  [
    'history_accounts_by_status_idx',
    'history_accounts (status, source, key, opened)',
  ],
  [
    'history_accounts_by_class_idx',
    'history_accounts (class, source, key, opened)',
  ],
  [
    'history_groups_by_name_idx',
    'history_groups (lower(name), source, key, opened)',
  ],
  [
    'history_spaces_by_name_idx',
    'history_spaces (lower(name), source, key, opened)',
  ],
  [
    'history_spaces_by_key_idx',
    'history_spaces (lower(space_key), source, key, opened)',
  ],
  [
    'history_pages_by_title_idx',
    'history_pages (lower(title), source, key, opened)',
  ],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [name, columns] of indexes) {
    await knex.raw(`create index ${name} on ${columns}`);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [name] of indexes) {
    await knex.raw(`drop index ${name}`);
  }
};
