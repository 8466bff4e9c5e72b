// SPDX-License-Identifier: Apache-2.0
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { ConfluenceComplianceService } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { CatalogView } from './CatalogView';
import { MutationBatch } from './MutationBatch';
import { createPass, isWaiting, Pass, SubjectWriter } from './SubjectWriter';

/** Name under which the backend keeps how far the catalog has come. */
const consumerId = 'catalog';

const pageSize = 500;

/**
 * Brings the catalog to what the changes feed says.
 *
 * @remarks
 * Usually it follows the changes since the stored position. Without one, or with another
 * fingerprint, it makes a pass: everything from the beginning, then removal of what the catalog
 * holds beyond that. A pass that is cut short goes on with the next run of the same process.
 */
export class FeedFollower {
  readonly #service: ConfluenceComplianceService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #view: CatalogView;
  readonly #writer: SubjectWriter;
  readonly #fingerprint: string;
  #pass: Pass | undefined;

  constructor(options: {
    service: ConfluenceComplianceService;
    auth: AuthService;
    logger: LoggerService;
    view: CatalogView;
    writer: SubjectWriter;
    fingerprint: string;
  }) {
    this.#service = options.service;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#view = options.view;
    this.#writer = options.writer;
    this.#fingerprint = options.fingerprint;
  }

  /** Applies what is new; throws what stops it, the position then stays. */
  async run(
    connection: EntityProviderConnection,
    signal: AbortSignal,
  ): Promise<void> {
    const batch = new MutationBatch(connection, signal);
    const consumer = await this.#service.getConsumer(
      consumerId,
      await this.#call(signal),
    );
    const position =
      consumer?.fingerprint === this.#fingerprint
        ? consumer.position
        : undefined;
    if (position === undefined) {
      await this.#makePass(batch, signal);
      return;
    }
    this.#pass = undefined;
    if (await this.#follow(position, batch, signal)) {
      return;
    }
    // Remembered first, so that it is made up for after whatever happens now.
    await this.requestPass(signal);
    await batch.flush();
    await this.#makePass(batch, signal);
  }

  /** Has the next run compare the catalog with everything that is known. */
  async requestPass(signal: AbortSignal): Promise<void> {
    await this.#save(undefined, signal);
  }

  /** Returns false where a pass has to be made instead. */
  async #follow(
    start: string,
    batch: MutationBatch,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      let changes = await this.#read(start, signal);
      if (!changes.items.length && !changes.more) {
        return true;
      }
      await this.#view.load(signal);
      const run = this.#writer.begin(batch);
      for (;;) {
        await this.#writer.write(changes.items, run);
        if (!changes.more) {
          await this.#writer.finish(run);
        }
        if (run.needsPass) {
          return false;
        }
        await batch.flush();
        if (!isWaiting(run) || !changes.more) {
          await this.#advance(changes.next, signal);
        }
        if (!changes.more) {
          return true;
        }
        changes = await this.#read(changes.next, signal);
      }
    } catch (error) {
      // What was not applied must not count as known.
      this.#view.reset();
      if (isPositionGone(error)) {
        return false;
      }
      throw error;
    }
  }

  async #makePass(batch: MutationBatch, signal: AbortSignal): Promise<void> {
    this.#pass ??= createPass();
    const pass = this.#pass;
    await this.#view.load(signal);
    const run = this.#writer.begin(batch, pass);
    let more = true;
    while (more) {
      const changes = await this.#read(pass.position, signal).catch(error => {
        this.#pass = isPositionGone(error) ? undefined : pass;
        throw error;
      });
      await this.#writer.write(changes.items, run);
      await batch.flush();
      pass.position = changes.next;
      more = changes.more;
    }
    await this.#writer.finish(run);
    await batch.flush();
    const removed = await this.#removeRest(pass, batch, signal);
    await this.#save(pass.position, signal);
    this.#pass = undefined;
    this.#logger.info(
      `Compared the catalog with all of Confluence: ${pass.kept.size} entities kept or made, ${removed} removed`,
    );
  }

  /** Only of sites that the snapshot speaks of: of the others nothing is known. */
  async #removeRest(
    pass: Pass,
    batch: MutationBatch,
    signal: AbortSignal,
  ): Promise<number> {
    const rest = (await this.#view.held(signal)).filter(
      ({ ref, connection }) =>
        pass.sites.has(connection) && !pass.kept.has(ref),
    );
    for (const { ref } of rest) {
      this.#view.delete(ref);
      batch.remove(ref);
    }
    await batch.flush();
    return rest.length;
  }

  async #read(since: string | undefined, signal: AbortSignal) {
    signal.throwIfAborted();
    return this.#service.listChanges(
      { since, limit: pageSize },
      await this.#call(signal),
    );
  }

  /** Leaves a pass standing that was asked for meanwhile. */
  async #advance(position: string, signal: AbortSignal): Promise<void> {
    const call = await this.#call(signal);
    const consumer = await this.#service.getConsumer(consumerId, call);
    if (consumer?.position !== undefined) {
      await this.#save(position, signal);
    }
  }

  async #save(position: string | undefined, signal: AbortSignal) {
    await this.#service.saveConsumer(
      consumerId,
      { fingerprint: this.#fingerprint, ...(position && { position }) },
      await this.#call(signal),
    );
  }

  async #call(signal: AbortSignal) {
    return { credentials: await this.#auth.getOwnServiceCredentials(), signal };
  }
}

/** The history was pruned or restored: the position means nothing any more. */
function isPositionGone(error: unknown): boolean {
  return (
    error instanceof Error && 'statusCode' in error && error.statusCode === 410
  );
}
