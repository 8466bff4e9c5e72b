// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Page } from '../schemas/lists';
import type {
  AccountClassesInput,
  AccountClassInput,
  AccountDecisions,
  AccountLinkInput,
  AccountLinksInput,
  peopleQuerySchema,
  PeopleSource,
  PersonRecord,
  UnidentifiedAccount,
  unidentifiedQuerySchema,
} from '../schemas/people';
import { PoliciesClient } from './PoliciesClient';
import { type CallOptions, path } from './Requests';

/** Parameters of the list of people. @public */
export type PeopleQuery = z.input<typeof peopleQuerySchema>;

/** Parameters of the list of accounts that wait to be identified. @public */
export type UnidentifiedQuery = z.input<typeof unidentifiedQuerySchema>;

/** The part of the client that is about people and whose an account is. @public */
export class PeopleClient extends PoliciesClient {
  /** People of the personnel sources, by name. */
  listPeople(
    query: PeopleQuery = {},
    options?: CallOptions,
  ): Promise<Page<PersonRecord>> {
    return this.get('/people', query, options);
  }

  /** The personnel sources, and how their last reads went. */
  listPeopleSources(options?: CallOptions): Promise<{ items: PeopleSource[] }> {
    return this.get('/people/sources', {}, options);
  }

  /** Says that somebody who is gone from every source has left. */
  async confirmDeparture(
    body: { person: string; reason: string },
    options?: CallOptions,
  ): Promise<void> {
    await this.request('/people/departures', jsonOf(body, options));
  }

  /** Reads a source again, and believes that whoever it has no more is gone. */
  acceptPeopleShrink(
    source: string,
    body: { reason: string },
    options?: CallOptions,
  ): Promise<{ items: PeopleSource[] }> {
    return this.write(
      'POST',
      path`/people/sources/${source}/accept`,
      body,
      options,
    );
  }

  /** Accounts that wait for somebody to say whose they are. */
  listUnidentified(
    query: UnidentifiedQuery = {},
    options?: CallOptions,
  ): Promise<Page<UnidentifiedAccount>> {
    return this.get('/accounts/unidentified', query, options);
  }

  /** What people said of an account. */
  getAccountDecisions(
    connection: string,
    accountId: string,
    options?: CallOptions,
  ): Promise<AccountDecisions> {
    return this.get(
      path`/accounts/${connection}/${accountId}/decisions`,
      {},
      options,
    );
  }

  /** Says whom an account belongs to, or takes that back. */
  linkAccount(
    connection: string,
    accountId: string,
    body: AccountLinkInput,
    options?: CallOptions,
  ): Promise<AccountDecisions> {
    return this.write(
      'PUT',
      path`/accounts/${connection}/${accountId}/link`,
      body,
      options,
    );
  }

  /** Says what an account is, or takes that back. */
  classifyAccount(
    connection: string,
    accountId: string,
    body: AccountClassInput,
    options?: CallOptions,
  ): Promise<AccountDecisions> {
    return this.write(
      'PUT',
      path`/accounts/${connection}/${accountId}/class`,
      body,
      options,
    );
  }

  /** Says whom several accounts belong to, or takes that back; all of it, or nothing. */
  linkAccounts(
    body: AccountLinksInput,
    options?: CallOptions,
  ): Promise<{ decided: number }> {
    return this.write('POST', '/accounts/links', body, options);
  }

  /** Says what several accounts are, or takes that back; all of it, or nothing. */
  classifyAccounts(
    body: AccountClassesInput,
    options?: CallOptions,
  ): Promise<{ decided: number }> {
    return this.write('POST', '/accounts/classes', body, options);
  }
}

function jsonOf(body: object, options?: CallOptions): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: options?.signal,
  };
}
