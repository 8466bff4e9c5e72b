// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  Changes,
  Consumer,
  SubjectChange,
  SubjectKind,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  ConfluenceComplianceService,
  ConfluenceComplianceServiceOptions,
  confluenceComplianceServiceRef,
  PresentSubject,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** A subject to put, without what the fake gives it. @public */
export type FakeSubject = {
  [K in SubjectKind]: Omit<PresentSubject<K>, 'revision' | 'gone'>;
}[SubjectKind];

/** A changes feed in memory, for tests. @public */
export class FakeConfluenceComplianceService
  implements ConfluenceComplianceService
{
  /** In feed order: a changed subject moves to the end. */
  readonly #feed = new Map<string, { at: number; subject: SubjectChange }>();
  readonly #consumers = new Map<string, Consumer>();
  #revision = 0;
  #at = 0;
  #oldest = 0;

  /** Arguments of every `listChanges`, in order. */
  readonly requests: Array<{ since?: string; limit?: number }> = [];

  /** Puts subjects, all of them at one new revision. */
  put(...subjects: FakeSubject[]): void {
    const revision = ++this.#revision;
    for (const subject of subjects) {
      this.#append({ ...subject, revision, gone: false } as PresentSubject);
    }
  }

  /** Has a subject disappear; it must have been put. */
  remove(kind: SubjectKind, connection: string, id: string): void {
    const entry = this.#feed.get(`${kind}/${connection}/${id}`);
    if (!entry) {
      throw new Error(`There is no ${kind} '${id}' in '${connection}'`);
    }
    const { name } = entry.subject;
    const revision = ++this.#revision;
    this.#append({ kind, connection, id, name, revision, gone: true });
  }

  /** Forgets a subject without a word, as a restored backup does. */
  forget(kind: SubjectKind, connection: string, id: string): void {
    this.#feed.delete(`${kind}/${connection}/${id}`);
  }

  /** Has every position that was given out so far answer 410. */
  prune(): void {
    this.#oldest = ++this.#at;
    for (const entry of this.#feed.values()) {
      entry.at = ++this.#at;
    }
  }

  async listChanges(
    request: { since?: string; limit?: number },
    options: ConfluenceComplianceServiceOptions,
  ): Promise<Changes> {
    options.signal?.throwIfAborted();
    this.requests.push(request);
    const since = Number(request.since ?? 0);
    if (request.since !== undefined && since < this.#oldest) {
      const error = new Error('The position is not known any more');
      throw Object.assign(error, { name: 'ResponseError', statusCode: 410 });
    }
    const rest = [...this.#feed.values()].filter(entry => entry.at > since);
    const page = rest.slice(0, request.limit ?? 500);
    const more = rest.length > page.length;
    return {
      items: page.map(entry => entry.subject),
      next: String(more ? page[page.length - 1].at : this.#at),
      head: this.#revision,
      more,
    };
  }

  async getConsumer(id: string): Promise<Consumer | undefined> {
    return this.#consumers.get(id);
  }

  async saveConsumer(id: string, consumer: Consumer): Promise<void> {
    this.#consumers.set(id, consumer);
  }

  /** Takes the place of the service in a test backend. */
  factory() {
    return createServiceFactory({
      service: confluenceComplianceServiceRef,
      deps: {},
      factory: () => this,
    });
  }

  #append(subject: SubjectChange): void {
    const key = `${subject.kind}/${subject.connection}/${subject.id}`;
    this.#feed.delete(key);
    this.#feed.set(key, { at: ++this.#at, subject });
  }
}
