// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckAudit,
  CheckCriticalSystem,
  CheckData,
  CheckDataset,
  CheckEvidence,
  CheckOutsiders,
  CheckPerson,
  CheckPolicy,
  CheckGrant,
  CheckRow,
  CheckRows,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type {
  DatasetName,
  DatasetPayloads,
  History,
  PersonPayload,
  Revision,
  UserGroupState,
} from '../history';
import { endOf, LINKS, PEOPLE } from '../people';
import type { ConnectionStateOf } from './connectionState';
import type { Subjects } from './CheckScope';
import { evidenceOf } from './evidence';
import { OrganizationData } from './OrganizationData';
import { policiesOf } from './policyData';
import type { SharedRows } from './SharedRows';
import type { Snapshot } from './Snapshot';
import type { SubjectGaps } from './SubjectGaps';

export interface CheckDataOptions {
  history: History;
  /** What is judged. */
  snapshot: Snapshot;
  subjects: Subjects;
  gaps: SubjectGaps;
  /** What is known now of a connection itself. */
  connectionState: ConnectionStateOf;
  /** ISO time at which a revision was committed. */
  timeOf: (revision: Revision) => Promise<string | undefined>;
  /** The user group of a connection; undefined where it names none, or one that does not stand. */
  userGroup: (
    connection: string,
    revision: Revision,
  ) => Promise<UserGroupState | undefined>;
}

/** The field that says the container of a row. */
const CONTAINER_FIELD: Partial<Record<DatasetName, string>> = {
  memberships: 'groupId',
  grants: 'spaceId',
};

/** Tables that only checks of one's own read, and that can have millions of rows. */
const NEVER_SHARED: DatasetName[] = ['pages'];

/** What checks read of the history at one revision, shared with the other checks of their pass. */
export class HistoryCheckData implements CheckData {
  readonly #history: History;
  readonly #asOf: Revision;
  readonly #options: CheckDataOptions;
  readonly #organization: OrganizationData;
  readonly #shared: SharedRows;

  constructor(options: CheckDataOptions) {
    const { history, snapshot } = options;
    this.#options = options;
    this.#history = history;
    this.#asOf = snapshot.revision;
    this.#shared = snapshot.rows;
    this.#organization = new OrganizationData({
      history,
      asOf: snapshot.revision,
      organizations: snapshot.organizations,
      shared: snapshot.rows,
    });
  }

  accounts = (connection: string) => this.#rows('accounts', connection);
  accountsOf = async (connection: string, accountIds: string[]) => {
    const name = nameOf('accounts', connection);
    const held = this.#shared.of<CheckAccount>(name, accountIds);
    if (held) {
      return held;
    }
    const found = new Map<string, CheckAccount>();
    const pages = this.#history.rows('accounts', {
      source: connection,
      keys: accountIds,
      asOf: this.#asOf,
    });
    for await (const rows of pages) {
      rows.forEach(({ key, payload }) => found.set(key, payload));
    }
    return found;
  };
  memberships = (connection: string) => this.#rows('memberships', connection);
  groups = (connection: string) => this.#rows('groups', connection);
  spaces = (connection: string) => this.#rows('spaces', connection);
  grants = (
    connection: string,
    { spaceId, ...only }: Partial<CheckGrant> = {},
  ) => this.#rows('grants', connection, spaceId, only);
  pages = (connection: string) => this.#rows('pages', connection);
  labels = (connection: string) => this.#rows('labels', connection);
  restrictions = (connection: string) => this.#rows('restrictions', connection);
  directory = (connection: string) => this.#organization.directory(connection);
  directoryOf = (connection: string, accountIds: string[]) =>
    this.#organization.directoryOf(connection, accountIds);
  credentials = (connection: string) =>
    this.#organization.credentials(connection);
  gap = (connection: string, dataset: CheckDataset, key?: string) =>
    this.#options.gaps.of(connection, dataset, key);
  links = () => this.#rows('identity_links', LINKS.source);

  /**
   * People as the source has them. Whom a changed filter does not cover any
   * more is nobody known, unless it is known that they left.
   */
  people(): CheckRows<CheckPerson> {
    const { source } = PEOPLE;
    return this.#shared.all(nameOf('people', source), () => this.#people());
  }

  async *#people(): CheckRows<CheckPerson> {
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

  peopleByAccount(): Promise<ReadonlyMap<string, CheckPerson>> {
    return this.#shared.once('people by account', async () => {
      const people = new Map<string, CheckPerson>();
      for await (const rows of this.people()) {
        rows.forEach(({ key, payload }) => people.set(key, payload));
      }
      const byAccount = new Map<string, CheckPerson>();
      for await (const rows of this.links()) {
        for (const { key, payload } of rows) {
          const person = people.get(payload.person);
          if (person) {
            byAccount.set(key, person);
          }
        }
      }
      return byAccount;
    });
  }

  /** Those of the accounts whose email was ever seen. */
  async knownEmails(accountIds: string[]): Promise<Set<string>> {
    return this.#shared.emails.of(accountIds, ids =>
      this.#history.emailHolders('account', ids),
    );
  }

  /** Who answers for the accounts, as somebody said. */
  async owners(accountIds: string[]): Promise<Map<string, string>> {
    const said = await this.#history.decisions.classes(accountIds);
    return new Map(
      [...said].flatMap(([id, { owner }]) => (owner ? [[id, owner]] : [])),
    );
  }

  /** Those of the accounts whose email has one of these words before its `@`. */
  async accountsNamed(
    accountIds: string[],
    words: string[],
  ): Promise<Set<string>> {
    return this.#history.emailHolders('account', accountIds, words);
  }

  async audit(connection: string): Promise<CheckAudit | undefined> {
    return (await this.#options.connectionState(connection)).audit;
  }

  async evidence(connection: string): Promise<CheckEvidence> {
    return evidenceOf(this.#options, connection);
  }

  async outsiders(connection: string): Promise<CheckOutsiders | undefined> {
    const { gaps, userGroup } = this.#options;
    const group = await userGroup(connection, this.#asOf);
    if (!group) {
      return undefined;
    }
    const members = new Set<string>();
    for await (const rows of this.#rows('memberships', connection, group.id)) {
      rows.forEach(({ payload }) => members.add(payload.accountId));
    }
    const gap = group.outOfScope
      ? 'groups-not-visible'
      : gaps.of(connection, 'memberships', group.id);
    return { has: accountId => !members.has(accountId), gap };
  }

  async criticalSystems(connection: string): Promise<CheckCriticalSystem[]> {
    const { subjects, gaps } = this.#options;
    const systems = await subjects.criticalSystems.list({
      revision: this.#asOf,
      connections: [connection],
    });
    // What a broken list of spaces does not show is not gone.
    const whyMissing = (missing: string) =>
      missing === 'space-not-visible'
        ? missing
        : gaps.of(connection, 'spaces') ?? missing;
    return systems.map(({ resource, spaceId, rule, review, missing }) => ({
      ref: resource.ref,
      spaceId,
      rule,
      review,
      ...(missing && { missing: whyMissing(missing) }),
      ...(spaceId && { gap: gaps.of(connection, 'grants', spaceId) }),
    }));
  }

  reviewed = (connection: string) =>
    this.#options.subjects.reviews?.reviewed(connection) ?? noRows();
  revocations = (connection: string) =>
    this.#options.subjects.reviews?.revocations(connection) ?? noRows();

  policies = (connection: string): Promise<CheckPolicy[]> =>
    policiesOf({ ...this.#options, asOf: this.#asOf }, connection);
  documentsWithoutPolicy = (connection: string) =>
    this.#options.subjects.policies.documentsWithoutPolicy(connection);

  /** All rows of a source, or those of one container that have some values. */
  #rows<D extends DatasetName>(
    dataset: D,
    source: string,
    container?: string,
    only: Record<string, string> = {},
  ): CheckRows<DatasetPayloads[D]> {
    const read = () => this.#read(dataset, source, container, only);
    if (NEVER_SHARED.includes(dataset)) {
      return read();
    }
    const name = nameOf(dataset, source);
    if (container === undefined && Object.keys(only).length === 0) {
      return this.#shared.all(name, read);
    }
    const field = CONTAINER_FIELD[dataset];
    const values = field && { ...only, [field]: container };
    const held =
      values && this.#shared.having<DatasetPayloads[D]>(name, values as object);
    return held ? onePage(held) : read();
  }

  #read<D extends DatasetName>(
    dataset: D,
    source: string,
    container: string | undefined,
    only: Record<string, string>,
  ): CheckRows<DatasetPayloads[D]> {
    return this.#history.payloads(dataset, {
      source,
      container,
      only,
      asOf: this.#asOf,
      // What is found of accounts in this order is compared quickest with what stands.
      ...(dataset === 'accounts' && { by: 'key' }),
      batch: 5_000,
    });
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
    const seen =
      first === undefined ? undefined : await this.#options.timeOf(first);
    const ended = endDate ? endOf(endDate).toISO() : undefined;
    return [seen, ended].filter(Boolean).sort()[0] ?? null;
  }
}

function nameOf(dataset: DatasetName, source: string) {
  return `${dataset} ${source}`;
}

async function* noRows(): CheckRows<never> {
  // There are none.
}

async function* onePage<P>(rows: CheckRow<P>[]): CheckRows<P> {
  if (rows.length > 0) {
    yield rows;
  }
}
