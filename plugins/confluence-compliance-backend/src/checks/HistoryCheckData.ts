// SPDX-License-Identifier: Apache-2.0
import type {
  CheckData,
  CheckPerson,
  CheckRow,
  CheckRows,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type {
  DatasetName,
  DatasetPayloads,
  History,
  PersonPayload,
  Revision,
} from '../history';
import { endOf, LINKS, PEOPLE } from '../people';

/** What checks read, streamed from the history at one revision. */
export class HistoryCheckData implements CheckData {
  readonly #history: History;
  readonly #asOf: Revision;
  readonly #timeOf: (revision: Revision) => Promise<string | undefined>;

  /** @param timeOf - ISO time at which a revision was committed */
  constructor(
    history: History,
    asOf: Revision,
    timeOf: (revision: Revision) => Promise<string | undefined>,
  ) {
    this.#history = history;
    this.#asOf = asOf;
    this.#timeOf = timeOf;
  }

  accounts = (connection: string) => this.#rows('accounts', connection);
  memberships = (connection: string) => this.#rows('memberships', connection);
  groups = (connection: string) => this.#rows('groups', connection);
  spaces = (connection: string) => this.#rows('spaces', connection);
  grants = (connection: string, spaceId?: string) =>
    this.#rows('grants', connection, spaceId);
  pages = (connection: string) => this.#rows('pages', connection);
  labels = (connection: string) => this.#rows('labels', connection);
  links = () => this.#rows('identity_links', LINKS.source);

  /**
   * People as the source has them. Whom a changed filter does not cover any
   * more is nobody known, unless it is known that they left.
   */
  async *people(): CheckRows<CheckPerson> {
    const { source } = PEOPLE;
    const pages = this.#history.rows('people', { source, asOf: this.#asOf });
    for await (const rows of pages) {
      const people: CheckRow<CheckPerson>[] = [];
      for (const { key, payload, outOfScopeSince } of rows) {
        if (outOfScopeSince && payload.status !== 'departed') {
          continue;
        }
        const departedAt = await this.#departedAt(key, payload);
        people.push({ key, payload: { ...payload, departedAt } });
      }
      yield people;
    }
  }

  async *#rows<D extends DatasetName>(
    dataset: D,
    source: string,
    container?: string,
  ): CheckRows<DatasetPayloads[D]> {
    const pages = this.#history.rows(dataset, {
      source,
      container,
      asOf: this.#asOf,
    });
    for await (const rows of pages) {
      yield rows.map(({ key, payload }) => ({ key, payload }));
    }
  }

  /** The end of employment, or the first sight of a departure, whichever came first. */
  async #departedAt(key: string, { status, endDate }: PersonPayload) {
    if (status !== 'departed') {
      return null;
    }
    const intervals = await this.#history.intervalsOf(
      'people',
      PEOPLE.source,
      key,
    );
    let first: Revision | undefined;
    for (const { opened, payload } of [...intervals].reverse()) {
      if (opened <= this.#asOf) {
        if (payload.status !== 'departed') {
          break;
        }
        first = opened;
      }
    }
    const seen = first === undefined ? undefined : await this.#timeOf(first);
    const ended = endDate ? endOf(endDate).toISO() : undefined;
    return [seen, ended].filter(Boolean).sort()[0] ?? null;
  }
}
