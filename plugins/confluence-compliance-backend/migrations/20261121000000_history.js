// SPDX-License-Identifier: Apache-2.0
// @ts-check

/**
 * One row: dataset, comment, and the payload facts that queries filter by.
 * A `!` marks the facts that have an index.
 *
 * @type {Array<[string, string, string[]]>}
 */
const datasets = [
  [
    'accounts',
    'Accounts as Confluence showed them',
    ['class', 'status!', 'listed:boolean'],
  ],
  ['groups', 'Groups of a site', ['name!']],
  ['memberships', 'Who is in which group', ['group_id!', 'account_id!']],
  ['spaces', 'Spaces of a site', ['space_key!', 'name', 'type', 'status']],
  ['pages', 'Pages, without their bodies', ['space_id!', 'status', 'title']],
  ['labels', 'Labels on pages', ['page_id!', 'label!']],
  ['restrictions', 'Who may read a labelled page', ['read']],
  ['people', 'People of the personnel sources', ['status!']],
  [
    'identity_links',
    'Which account belongs to which person',
    ['person!', 'person_source'],
  ],
  [
    'results',
    'Verdicts of checks',
    ['check_id!', 'verdict!', 'subject_kind', 'subject_id!'],
  ],
];

/**
 * Indexes along which lists, findings and counts are read.
 * Names are cut, since an index entry has a largest size on PostgreSQL.
 *
 * @type {Array<[string, string]>}
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
  [
    'history_results_finding_idx',
    'history_results (source, check_id, verdict, row_id)',
  ],
  [
    'history_results_count_idx',
    'history_results (check_id, source, verdict) where closed is null',
  ],
];

/** @param {string} dataset */
const tableOf = dataset => `history_${dataset}`;

/**
 * @param {import('knex').Knex} knex
 * @param {string} dataset
 * @param {string} comment
 * @param {string[]} facets
 */
async function createIntervals(knex, dataset, comment, facets) {
  const name = tableOf(dataset);
  await knex.schema.createTable(name, table => {
    table.comment(`${comment}: a row holds while opened <= revision < closed`);
    table.bigIncrements('row_id').comment('Order of writing; never reused');
    table.text('source').notNullable().comment('Connection or other source');
    table.text('container').notNullable().comment('What one read covers');
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
    for (const facet of facets) {
      const [column, type] = facet.replace('!', '').split(':');
      if (type === 'boolean') {
        table.boolean(column).nullable();
      } else {
        table.text(column).nullable();
      }
      if (facet.endsWith('!')) {
        table.index(['source', column, 'row_id'], `${name}_${column}_idx`);
      }
    }
    table.index(['source', 'row_id'], `${name}_source_idx`);
    table.index(['source', 'container', 'row_id'], `${name}_container_idx`);
    table.index(['source', 'key', 'opened'], `${name}_key_idx`);
  });
  await knex.raw(
    `create unique index ${name}_open_idx on ${name} (key, source) where closed is null`,
  );
}

/** @param {import('knex').Knex} knex */
async function createClock(knex) {
  await knex.schema.createTable('history_clock', table => {
    table.comment('The one clock: a single row');
    table.integer('id').primary();
    table.integer('revision').notNullable().comment('The newest revision');
    table
      .integer('oldest')
      .notNullable()
      .comment('The oldest revision that can still be asked for');
    table.string('committed_at', 24).nullable().comment('ISO time in UTC');
  });
  await knex('history_clock').insert({ id: 1, revision: 0, oldest: 0 });
  await knex.schema.createTable('history_revisions', table => {
    table.comment('What each revision came from');
    table.integer('revision').primary();
    table.string('committed_at', 24).notNullable().comment('ISO time in UTC');
    table.string('kind').notNullable().comment('publish, change, shrink, site');
    table.text('source').notNullable().comment('Sources, comma separated');
    table.string('run_id').nullable();
    table.index(['committed_at', 'revision']);
  });
  await knex.schema.createTable('history_locks', table => {
    table.comment('Who writes a source and dataset holds its row');
    table.text('source').notNullable();
    table.text('dataset').notNullable();
    table.primary(['source', 'dataset']);
  });
}

/** @param {import('knex').Knex} knex */
async function createReads(knex) {
  await knex.schema.createTable('history_containers', table => {
    table.comment('What is known of a container since its last read');
    table.text('source').notNullable();
    table.text('dataset').notNullable();
    table.text('container').notNullable();
    table.text('scope').notNullable().comment('Scope of its last whole read');
    table.string('presence', 16).notNullable();
    table.string('complete_at', 24).nullable();
    table.string('read_at', 24).nullable();
    table.string('outcome', 16).notNullable();
    table.text('reason').nullable();
    table.integer('rows').notNullable();
    table.text('watermark').nullable();
    table.integer('refused').nullable().comment('Removals that were refused');
    table.string('last_read_id', 36).nullable();
    table.primary(['source', 'dataset', 'container']);
  });
  await knex.schema.createTable('history_reads', table => {
    table.comment('One pass over a container');
    table.bigIncrements('ordinal').comment('Order of starting');
    table.string('id', 36).notNullable().unique();
    table.string('run_id').notNullable();
    table.text('source').notNullable();
    table.text('dataset').notNullable();
    table.text('container').notNullable();
    table.string('mode', 16).notNullable();
    table.text('scope').notNullable();
    table.string('started_at', 24).notNullable();
    table
      .integer('started_revision')
      .notNullable()
      .comment('Rows opened later were not there to be seen');
    table.string('finished_at', 24).nullable();
    table.string('outcome', 16).nullable();
    table.text('reason').nullable();
    table.integer('rows').notNullable();
    table.integer('malformed').notNullable();
    table.integer('expected').nullable();
    table.text('watermark').nullable();
    table.text('progress').nullable().comment('JSON of the reader');
    table.integer('published_at').nullable().comment('Revision in force then');
    table.integer('refused').nullable();
    table.index(['run_id', 'dataset', 'source'], 'history_reads_run_idx');
    table.index(
      ['source', 'dataset', 'container', 'started_at'],
      'history_reads_container_idx',
    );
  });
  await knex.raw(
    `create unique index history_reads_unpublished_idx on history_reads
     (run_id, source, dataset, container) where published_at is null`,
  );
  await knex.schema.createTable('history_staged', table => {
    table.comment('Rows that a read has seen, until they are published');
    table.text('key').notNullable();
    table.string('read_id', 36).notNullable();
    table.string('hash', 64).notNullable();
    table.integer('shape').notNullable();
    table.text('payload').nullable().comment('Absent when unchanged');
    table.text('profile').nullable().comment('Absent when unchanged');
    table
      .string('rewrite_of', 64)
      .nullable()
      .comment('Hash of the open row that says the same in an older shape');
    table.primary(['key', 'read_id']);
    table.index(['read_id', 'key'], 'history_staged_read_idx');
  });
  await knex.raw(
    `create index history_staged_profile_idx on history_staged (read_id, key)
     where profile is not null`,
  );
  await knex.schema.createTable('history_delta', table => {
    table.comment('The difference being written; empty between transactions');
    table.string('batch', 36).notNullable();
    table.text('source').notNullable();
    table.text('dataset').notNullable();
    table.text('key').notNullable();
    table.string('action', 16).notNullable();
    table.bigInteger('row_id').nullable();
    table.string('read_id', 36).nullable();
    table.text('container').notNullable();
    table.index(['batch', 'dataset', 'source', 'action'], 'history_delta_idx');
  });
  await knex.schema.createTable('history_refused', table => {
    table.comment('Rows whose removal was refused and can be accepted');
    table.string('read_id', 36).notNullable();
    table.bigInteger('row_id').notNullable();
    table.primary(['read_id', 'row_id']);
  });
}

/** @param {import('knex').Knex} knex */
async function createFeed(knex) {
  await knex.schema.createTable('profiles', table => {
    table.comment('Personal data, latest value only; never in the history');
    table.string('kind', 16).notNullable();
    table.text('id').notNullable();
    table.text('name').nullable();
    table.text('public_name').nullable();
    table.text('email').nullable();
    table.text('email_folded').nullable();
    table.string('updated_at', 24).notNullable();
    table.primary(['kind', 'id']);
    table.index(['email_folded', 'kind'], 'profiles_email_idx');
  });
  await knex.schema.createTable('history_subjects', table => {
    table.comment('What the changes feed speaks of, with its newest revision');
    table.string('kind', 16).notNullable();
    table.text('connection').notNullable();
    table.text('id').notNullable();
    table.string('name', 64).nullable().comment('Entity name, kept for ever');
    table.text('title').nullable().comment('Title of a site');
    table.integer('revision').notNullable();
    table.boolean('gone').notNullable();
    table.primary(['kind', 'connection', 'id']);
    table.index(
      ['revision', 'kind', 'connection', 'id'],
      'history_subjects_revision_idx',
    );
  });
  await knex.schema.createTable('feed_consumers', table => {
    table.comment('How far each reader of the changes feed has come');
    table.string('id').primary();
    table.text('position').nullable();
    table.text('fingerprint').nullable();
    table.string('updated_at', 24).notNullable();
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createClock(knex);
  for (const [dataset, comment, facets] of datasets) {
    await createIntervals(knex, dataset, comment, facets);
  }
  await createReads(knex);
  await createFeed(knex);
  for (const [name, columns] of indexes) {
    await knex.raw(`create index ${name} on ${columns}`);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'feed_consumers',
    'history_subjects',
    'profiles',
    'history_refused',
    'history_delta',
    'history_staged',
    'history_reads',
    'history_containers',
    'history_locks',
    'history_revisions',
    'history_clock',
    ...datasets.map(([dataset]) => tableOf(dataset)),
  ]) {
    await knex.schema.dropTable(table);
  }
};
