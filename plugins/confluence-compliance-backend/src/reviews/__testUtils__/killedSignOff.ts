// SPDX-License-Identifier: Apache-2.0

/** Signs a review off, and kills itself at a point on the way. */
import type { DatabaseService } from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';
import { say } from '../../__testUtils__/forkScript';
import { CardReads, History, Lists } from '../../history';
import { signOff } from '../signOff';

/** What the script gets. */
export interface KilledSignOff {
  database: Knex.Config;
  review: string;
  actor: string;
  /** Before the transaction that seals it is saved, with all of it written; or right after it. */
  at: 'before' | 'after';
}

/** What it says before it dies. */
export type SaidOfSignOff = { at: KilledSignOff['at'] };

async function die(at: KilledSignOff['at']): Promise<never> {
  await say({ at });
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment: nothing may be saved in it.
  return new Promise(() => {});
}

async function run({ database: config, review, actor, at }: KilledSignOff) {
  const knex = knexFactory(config);
  const database: DatabaseService = { getClient: async () => knex };
  const catalog = {
    namespace: 'confluence',
    accounts: 'user' as const,
    labels: [],
    allPages: false,
  };
  const organizations = async () => [];
  const history = await History.create({ database });
  const lists = await Lists.create({ database, catalog, userGroups: () => [] });
  const cards = await CardReads.create({ database, catalog, organizations });
  const append = history.ledger.append.bind(history.ledger);
  history.ledger.append = async (tx, entry) => {
    const head = await append(tx, entry);
    return at === 'before' ? die(at) : head;
  };
  const options = { knex, history, lists, cards, organizations };
  await signOff(options, review, actor);
  await die(at);
}

run(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
