// SPDX-License-Identifier: Apache-2.0
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  type Exception,
  exceptableVerdictSchema,
  type ExceptionListStatus,
  EXPIRING_SOON_DAYS,
  type Page,
  type RequestExceptions,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DateTime } from 'luxon';
import type {
  ExceptedFinding,
  ExceptionRecord,
  History,
  Lists,
  Lookups,
  Revision,
} from '../../history';
import type { Policies } from '../../policies';
import type { RegisteredCheck } from '../CheckRegistry';
import { FindingDescriber } from '../toFinding';
import { statusAt, toException } from './describe';
import {
  accountsOf,
  blockOf,
  isAbout,
  isAboutRequester,
  isSame,
} from './duties';
import { endOf } from './until';

export interface ExceptionsOptions {
  history: Pick<History, 'exceptions' | 'head' | 'rows'>;
  lists: Pick<Lists, 'findings'>;
  lookups: Lookups;
  policies: Policies;
  /** The checks there are, by id. */
  checks: ReadonlyMap<string, RegisteredCheck>;
  maxDays: number;
  now: () => Date;
}

/** What a list of exceptions is asked with. */
export interface ExceptionsQuery {
  /** The parameters as the caller gave them; a cursor is valid for these only. */
  query: object;
  status: ExceptionListStatus;
  connections: string[];
  /** The revision of the first page; a cursor brings its own. */
  revision: Revision;
  cursor?: string;
  limit: number;
  sort: 'until' | '-until';
  /** A user or service ref. */
  actor: string;
  /** Whether the actor has the permission to decide. */
  mayDecide: boolean;
  /** Whether the actor has the permission to ask. */
  mayRequest: boolean;
}

/** What somebody does to an exception. */
export interface Deed {
  id: string;
  /** A user or service ref. */
  actor: string;
  note?: string;
}

/** Accepted findings: who asked, who approved, and until when. */
export class Exceptions {
  readonly #options: ExceptionsOptions;

  constructor(options: ExceptionsOptions) {
    this.#options = options;
  }

  /** How many days an exception may last. */
  get maxDays(): number {
    return this.#options.maxDays;
  }

  /** One page, by when they end, with why the actor may not decide where they may not. */
  async list(asked: ExceptionsQuery): Promise<Page<Exception>> {
    const { actor, mayDecide, mayRequest, ...query } = asked;
    const { history, lists, checks } = this.#options;
    const now = this.#options.now();
    const soon = DateTime.fromJSDate(now).plus({ days: EXPIRING_SOON_DAYS });
    const { moment, ...page } = await lists.findings.exceptions({
      ...query,
      moment: now.toISOString(),
      soon: soon.toJSDate().toISOString(),
    });
    const people = await history.exceptions.peopleEver(
      accountsOf(page.items.map(({ row }) => row)),
    );
    const describe = await this.#describer(page.items, page.revision);
    const blockedOf = ({ row }: ExceptionRecord): Exception['blocked'] => {
      const status = statusAt(row, moment);
      if (status !== 'waiting' && status !== 'live') {
        return undefined;
      }
      if (!mayDecide) {
        return 'no-permission';
      }
      return status === 'waiting' ? blockOf(row, people, actor) : undefined;
    };
    return {
      ...page,
      items: page.items.map(record =>
        toException(record.row, {
          moment,
          severity: checks.get(record.row.check_id)?.check.severity,
          finding: describe(record),
          blocked: blockedOf(record),
          mayWithdraw:
            mayRequest &&
            isSame(record.row.requested_by, actor) &&
            statusAt(record.row, moment) === 'waiting',
        }),
      ),
    };
  }

  /**
   * Asks for exceptions of findings, all or none; answers their ids. InputError for what is not an
   * open finding, NotAllowedError for one about who asks, ConflictError where one waits already.
   */
  async request(actor: string, asked: RequestExceptions): Promise<string[]> {
    mustBePerson(actor);
    const { approver, control, reason } = asked;
    const { history, maxDays, now } = this.#options;
    const at = now();
    const until = endOf(
      asked.until,
      at,
      maxDays,
      ', or raise confluenceCompliance.exceptions.maxDays',
    );
    const findings = await this.#findings([...new Set(asked.findings)]);
    const people = await history.exceptions.peopleEver(accountsOf(findings));
    const own = findings.find(finding => isAbout(finding, people, actor));
    if (own) {
      throw new NotAllowedError(
        `findings: ${own.connection}|${own.result_key} is about you. Somebody else must ask for its exception`,
      );
    }
    if (approver && isSame(approver, actor)) {
      throw new InputError('approver must not be who asks: name somebody else');
    }
    if (approver && findings.some(one => isAbout(one, people, approver))) {
      throw new InputError(
        'approver must not be whom a finding is about: name somebody else',
      );
    }
    return history.exceptions.request({
      findings,
      actor,
      approver,
      control,
      reason,
      until,
      now: at.toISOString(),
    });
  }

  /** Makes it live. NotFoundError; NotAllowedError for requester and subject; ConflictError when it waits no more. */
  async approve(deed: Deed): Promise<void> {
    const { row, people } = await this.#mustBeThird(deed);
    if (isAboutRequester(row, people)) {
      throw new NotAllowedError(
        'This exception is about whoever asked for it: reject it, and somebody else must ask',
      );
    }
    await this.#options.history.exceptions.approve(this.#dated(deed));
  }

  /** Refuses it; errors as of approving. */
  async reject(deed: Deed): Promise<void> {
    await this.#mustBeThird(deed);
    await this.#options.history.exceptions.reject(this.#dated(deed));
  }

  /** Takes it back. NotFoundError; NotAllowedError for who did not ask; ConflictError when it waits no more. */
  async withdraw(deed: Deed): Promise<void> {
    mustBePerson(deed.actor);
    const { exceptions } = this.#options.history;
    const { requested_by: asker } = await exceptions.get(deed.id);
    if (!isSame(asker, deed.actor)) {
      throw new NotAllowedError(
        'Only whoever asked for this exception withdraws it: reject it instead',
      );
    }
    await exceptions.withdraw(this.#dated(deed));
  }

  /** Ends it before its time, which anybody who may approve can. NotFoundError; ConflictError when it is not live. */
  async end(deed: Deed): Promise<void> {
    mustBePerson(deed.actor);
    await this.#options.history.exceptions.end(this.#dated(deed));
  }

  #dated(deed: Deed) {
    return { ...deed, now: this.#options.now().toISOString() };
  }

  async #mustBeThird({ id, actor }: Deed) {
    mustBePerson(actor);
    const { exceptions } = this.#options.history;
    const row = await exceptions.get(id);
    const people = await exceptions.peopleEver(accountsOf([row]));
    const block = blockOf(row, people, actor);
    if (block === 'own-request') {
      throw new NotAllowedError(
        'You asked for this exception: somebody else must decide it',
      );
    }
    if (block) {
      throw new NotAllowedError(
        'This exception is about you: somebody else must decide it',
      );
    }
    return { row, people };
  }

  /** The open findings of some ids, in their order. */
  async #findings(ids: string[]): Promise<ExceptedFinding[]> {
    const { history } = this.#options;
    const asOf = await history.head();
    const keys = new Map<string, string[]>();
    for (const id of ids) {
      const [connection, key] = partsOf(id);
      keys.set(connection, [...(keys.get(connection) ?? []), key]);
    }
    const found = new Map<string, ExceptedFinding>();
    for (const [source, named] of keys) {
      for await (const rows of history.rows('results', {
        source,
        keys: named,
        asOf,
      })) {
        for (const { key, payload } of rows) {
          const verdict = exceptableVerdictSchema.safeParse(payload.verdict);
          if (verdict.success) {
            found.set(`${source}|${key}`, {
              connection: source,
              result_key: key,
              check_id: payload.checkId,
              subject_kind: payload.subjectKind,
              subject_id: payload.subjectId,
              account_id:
                payload.accountId ??
                (payload.subjectKind === 'account' ? payload.subjectId : null),
              verdict: verdict.data,
            });
          }
        }
      }
    }
    return ids.map(id => {
      const finding = found.get(id);
      if (!finding) {
        throw new InputError(
          `findings: ${id} does not fail or warn now; only what does can be excepted`,
        );
      }
      return finding;
    });
  }

  async #describer(records: ExceptionRecord[], revision: Revision) {
    const { checks, lookups, policies } = this.#options;
    const findings = records.flatMap(({ finding }) => finding ?? []);
    const describer = await FindingDescriber.of(
      { lookups, policies },
      findings,
      revision,
    );
    return ({ finding }: ExceptionRecord) => {
      const found = finding && checks.get(finding.result.checkId);
      return found && describer.toFinding(finding, found.check);
    };
  }
}

function partsOf(id: string): [connection: string, key: string] {
  const bar = id.indexOf('|');
  return bar < 0 ? [id, ''] : [id.slice(0, bar), id.slice(bar + 1)];
}

/** Exceptions are for people to answer for. */
function mustBePerson(actor: string): void {
  if (!actor.startsWith('user:')) {
    throw new NotAllowedError(
      'Exceptions are asked for and decided by people, not by services',
    );
  }
}
