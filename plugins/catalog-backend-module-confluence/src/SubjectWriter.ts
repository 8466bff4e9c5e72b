// SPDX-License-Identifier: Apache-2.0
import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  SubjectChange,
  SubjectKind,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PresentSubject } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Surroundings } from './buildEntity';
import { CatalogView } from './CatalogView';
import { Ceilings } from './Ceilings';
import { EntityMaker } from './EntityMaker';
import { MutationBatch } from './MutationBatch';
import { hasValidName, possibleRefs, Subject } from './refs';

/** What a pass over everything has seen so far. */
export interface Pass {
  /** Where its next page starts. */
  position?: string;
  /** Refs that stay. */
  kept: Set<string>;
  /** Connections whose site it saw. */
  sites: Set<string>;
  later: Later;
}

/** Subjects that cannot be made before the others are known, by kind and id. */
type Later = Map<SubjectKind, Map<string, PresentSubject>>;

/** One run of the writer. */
export interface Run {
  batch: MutationBatch;
  pass?: Pass;
  later: Later;
  /** Something changed that concerns entities this part of the feed does not speak of. */
  needsPass: boolean;
}

export function createPass(): Pass {
  return { kept: new Set(), sites: new Set(), later: new Map() };
}

/** Writes subjects of the feed into the catalog. */
export class SubjectWriter {
  readonly #view: CatalogView;
  readonly #maker: EntityMaker;
  readonly #logger: LoggerService;
  readonly #namespace: string;
  readonly #ceilings: Ceilings;
  /** Not every group is shown, so relations to groups depend on which are. */
  readonly #selectsGroups: boolean;
  readonly #around: Surroundings;
  readonly #sites = new Map<string, PresentSubject<'site'>>();

  constructor(options: {
    view: CatalogView;
    maker: EntityMaker;
    logger: LoggerService;
    ceilings: Ceilings;
    namespace: string;
    selectsGroups: boolean;
  }) {
    const { view, ceilings, selectsGroups } = options;
    this.#view = view;
    this.#maker = options.maker;
    this.#logger = options.logger;
    this.#namespace = options.namespace;
    this.#ceilings = ceilings;
    this.#selectsGroups = selectsGroups;
    this.#around = {
      site: connection => view.sites.get(connection),
      showsGroup: name => !selectsGroups || view.has(this.#groupRef(name)),
      ceilings: () => ceilings.reached(view),
    };
  }

  begin(batch: MutationBatch, pass?: Pass): Run {
    if (pass) {
      this.#ceilings.begin();
    }
    return { batch, pass, later: pass?.later ?? new Map(), needsPass: false };
  }

  /** Puts one page of the feed into the batch. */
  async write(subjects: SubjectChange[], run: Run): Promise<void> {
    const order = ['site', 'group'];
    const sorted = [...subjects].sort(
      (a, b) => order.indexOf(b.kind) - order.indexOf(a.kind),
    );
    for (const subject of sorted) {
      await this.#handle(subject, run);
    }
  }

  /** Puts what had to wait into the batch, and shows on the sites which ceilings are reached. */
  async finish(run: Run): Promise<void> {
    for (const waiting of run.later.values()) {
      for (const subject of waiting.values()) {
        await this.#settle(subject, run);
      }
    }
    const reached = this.#ceilings.reached(this.#view);
    for (const [connection, site] of this.#view.sites) {
      if (site.ceilings !== reached) {
        const subject = this.#sites.get(connection);
        run.needsPass ||= !subject;
        site.ceilings = reached;
        if (subject) {
          await this.#settle(subject, run);
        }
      }
    }
  }

  async #handle(subject: SubjectChange, run: Run): Promise<void> {
    run.later.get(subject.kind)?.delete(keyOf(subject));
    if (!hasValidName(subject)) {
      this.#logSkipped(subject);
      return;
    }
    if (subject.kind === 'site') {
      this.#learnSite(subject, run);
    }
    if (subject.gone) {
      await this.#drop(subject, run);
    } else if (this.#mustWait(subject, run)) {
      this.#wait(subject, run);
    } else {
      await this.#settle(subject, run);
    }
  }

  #learnSite(subject: SubjectChange, run: Run): void {
    const { connection } = subject;
    const before = this.#view.sites.get(connection);
    if (subject.gone || subject.kind !== 'site') {
      this.#sites.delete(connection);
      this.#view.sites.delete(connection);
      run.pass?.sites.delete(connection);
      run.needsPass ||= Boolean(before);
      return;
    }
    const { name, state } = subject;
    // Spaces, pages and links of this site were made with what was known of it then.
    run.needsPass ||= before?.name !== name || before.url !== state.site;
    this.#sites.set(connection, subject);
    this.#view.sites.set(connection, {
      name,
      url: state.site,
      ceilings: this.#ceilings.reached(this.#view),
    });
    run.pass?.sites.add(connection);
  }

  #mustWait(subject: PresentSubject, run: Run): boolean {
    if (subject.kind === 'account' && this.#selectsGroups && run.pass) {
      return subject.state.groups.length > 0;
    }
    const needsSite = subject.kind !== 'site' && subject.kind !== 'group';
    return needsSite && !this.#view.sites.has(subject.connection);
  }

  #wait(subject: PresentSubject, run: Run): void {
    const isKnown = possibleRefs(subject, this.#namespace).some(ref =>
      this.#view.has(ref),
    );
    // Memory stays bounded: no more new subjects wait than the ceiling could ever let through.
    const room = this.#ceilings.of(subject.kind);
    const waiting = run.later.get(subject.kind) ?? new Map();
    if (isKnown || waiting.size < room + this.#view.count(subject.kind)) {
      run.later.set(subject.kind, waiting.set(keyOf(subject), subject));
    } else {
      this.#ceilings.warn(subject.kind);
    }
  }

  async #settle(subject: PresentSubject, run: Run): Promise<void> {
    const refs = possibleRefs(subject, this.#namespace);
    let entity: Entity | undefined;
    try {
      entity = await this.#maker.make(subject, this.#around);
    } catch {
      // The message can quote names, which do not belong into a log.
      this.#logSkipped(subject);
      refs.forEach(ref => run.pass?.kept.add(ref));
      return;
    }
    if (!entity) {
      await this.#drop(subject, run);
      return;
    }
    const ref = stringifyEntityRef(entity);
    for (const other of refs) {
      if (other !== ref && this.#view.delete(other)) {
        run.batch.remove(other);
      }
    }
    if (!this.#view.has(ref)) {
      if (!this.#ceilings.admit(subject.kind, this.#view)) {
        return;
      }
      this.#view.add(ref, subject.kind);
      this.#noteGroupChange(subject, run);
    }
    run.pass?.kept.add(ref);
    run.batch.add(entity);
  }

  async #drop(subject: Subject, run: Run): Promise<void> {
    for (const ref of possibleRefs(subject, this.#namespace)) {
      run.pass?.kept.delete(ref);
      if (this.#view.delete(ref)) {
        this.#noteGroupChange(subject, run);
      }
      run.batch.remove(ref);
    }
  }

  #noteGroupChange(subject: Subject, run: Run): void {
    run.needsPass ||= subject.kind === 'group' && this.#selectsGroups;
  }

  #groupRef(name: string): string {
    return stringifyEntityRef({
      kind: 'Group',
      namespace: this.#namespace,
      name,
    });
  }

  #logSkipped({ kind, connection, id }: Subject): void {
    this.#logger.warn(
      `Skipped ${kind} ${JSON.stringify(
        id,
      )} of '${connection}': its entity is not valid`,
    );
  }
}

function keyOf({ connection, id }: Subject): string {
  return `${connection}/${id}`;
}

/** Whether some of what was read is not written yet. */
export function isWaiting({ later }: Run): boolean {
  return [...later.values()].some(waiting => waiting.size > 0);
}
