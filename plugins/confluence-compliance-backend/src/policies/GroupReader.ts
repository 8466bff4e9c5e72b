// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
} from '@backstage/catalog-model';
import { NotFoundError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { GroupRows } from './GroupRows';
import type { Policies } from './Policies';

const TASK = 'read-policy-groups';
const BATCH = 100;

export interface GroupReaderOptions {
  policies: Pick<Policies, 'named'>;
  rows: GroupRows;
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Called after a turn that has changed anything. */
  onRead: () => Promise<void>;
}

/** Reads who is in the groups whom policies concern, through groups within, from the catalog. */
export class GroupReader {
  readonly #options: GroupReaderOptions;

  constructor(options: GroupReaderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#options.scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: { minutes: 15 },
      timeout: { minutes: 10 },
      fn: signal => this.run(signal),
    });
  }

  /** Reads now what another policy asks for; a turn that is on already comes again by itself. */
  async soon(): Promise<void> {
    const { scheduler, logger } = this.#options;
    await scheduler.triggerTask(TASK).catch(error => {
      logger.debug(`Groups are read a little later: ${toError(error).message}`);
    });
  }

  /** One turn. A group that cannot be read keeps its members, and is not known. */
  async run(signal?: AbortSignal): Promise<void> {
    const { policies, rows, logger, onRead } = this.#options;
    const named = await policies.named();
    const groups = [...new Set(named.flatMap(one => one.acknowledgedBy ?? []))];
    await rows.keepOnly(groups);
    let changed = false;
    for (const group of groups) {
      signal?.throwIfAborted();
      try {
        const people = await this.#membersOf(group, signal);
        changed = (await rows.put(group, people)) || changed;
      } catch (error) {
        signal?.throwIfAborted();
        const { name, message } = toError(error);
        await rows.fail(
          group,
          name === 'NotFoundError' ? 'not-found' : 'not-read',
        );
        logger.warn(`The members of ${group} could not be read: ${message}`);
      }
    }
    if (changed) {
      await onRead();
    }
  }

  async #membersOf(
    root: string,
    signal: AbortSignal | undefined,
  ): Promise<Set<string>> {
    const { auth, catalog } = this.#options;
    const people = new Set<string>();
    const seen = new Set([root]);
    const open = [root];
    while (open.length > 0) {
      signal?.throwIfAborted();
      const asked = open.splice(0, BATCH);
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: asked, fields: ['kind', 'metadata', 'relations'] },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      asked.forEach((ref, index) => {
        const entity = items[index];
        if (!entity) {
          throw new NotFoundError(`The catalog has no ${ref}`);
        }
        for (const { type, targetRef } of entity.relations ?? []) {
          const target = targetRef.toLowerCase();
          if (type === RELATION_HAS_MEMBER && kindOf(target) === 'user') {
            people.add(target);
          } else if (type === RELATION_PARENT_OF && !seen.has(target)) {
            seen.add(target);
            open.push(target);
          }
        }
      });
    }
    return people;
  }
}

function kindOf(ref: string): string {
  return parseEntityRef(ref, { defaultKind: 'unknown' }).kind;
}
