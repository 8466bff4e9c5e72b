// SPDX-License-Identifier: Apache-2.0

/** Removes what a review revoked, and kills itself at a point on the way. */
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { createConfluenceWriter } from '@confluence-compliance/atlassian-client';
import knexFactory, { type Knex } from 'knex';
import { say } from '../../../__testUtils__/forkScript';
import { CardReads, History } from '../../../history';
import { Removals, type RemovalsOptions } from '../Removals';

/** What the script gets. */
export interface KilledRemoval {
  database: Knex.Config;
  config: RemovalsOptions['config'];
  review: string;
  actor: string;
  items: string[];
  /**
   * Before the claim is saved; once it is, with nothing sent; when Confluence has answered; before that
   * answer is saved, with all of it written; or right after all of it.
   */
  at: 'claiming' | 'claimed' | 'sent' | 'answering' | 'answered';
}

/** What it says before it dies. */
export type SaidOfRemoval = { at: KilledRemoval['at'] };

async function die(at: KilledRemoval['at']): Promise<never> {
  await say({ at });
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment: nothing may be saved in it.
  return new Promise(() => {});
}

async function run(asked: KilledRemoval) {
  const { at, review, actor, items, config } = asked;
  const knex = knexFactory(asked.database);
  const database: DatabaseService = { getClient: async () => knex };
  const catalog = {
    namespace: 'confluence',
    accounts: 'user' as const,
    labels: [],
    allPages: false,
  };
  const organizations = async () => [];
  const history = await History.create({ database });
  const cards = await CardReads.create({ database, catalog, organizations });
  const dieAt = { claiming: 'claimed', answering: 'answered' } as const;
  const append = history.ledger.append.bind(history.ledger);
  history.ledger.append = async (tx, entry) => {
    const head = await append(tx, entry);
    const dies =
      (at === 'claiming' || at === 'answering') &&
      entry.kind === `review.removal-${dieAt[at]}`;
    return dies ? die(at) : head;
  };
  const removals = await Removals.create({
    config,
    database,
    history,
    cards,
    organizations,
    createWriter: options => {
      const writer = createConfluenceWriter(options);
      const remove = writer.removeSpacePermission.bind(writer);
      writer.removeSpacePermission = async (...of) => {
        if (at === 'claimed') {
          await die(at);
        }
        await remove(...of);
        if (at === 'sent') {
          await die(at);
        }
      };
      return writer;
    },
  });
  const { confirm = '' } = await removals.preview(review, actor, items);
  await removals.execute(review, actor, { items, confirm });
  await die(at);
}

run(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
