// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { SubjectRef } from './types';
import { Revision } from './words';

/** The state of each kind of subject at the head. */
export interface SubjectStates {
  site: { title: string };
  account: {
    /** Display name, or the account id. */
    title: string;
    accountType: string;
    accountStatus: string;
    class: AccountClass;
    listed: boolean;
    /** Standing groups at or below the relation limit; `name` is the entity name. */
    groups: Array<{ id: string; name: string }>;
    /** Key of the linked person, such as an entity ref. */
    person?: string;
  };
  group: {
    title: string;
    managedBy: string;
    usageType: string;
    /**
     * At the head. At or below the relation limit a change of members does
     * not touch the group: the accounts tell.
     */
    members: number;
  };
  space: { title: string; key: string; type: string; status: string };
  page: {
    title: string;
    status: string;
    /** `name` is the entity name; absent while the space is not known. */
    space?: { id: string; name: string };
    /** Sorted. */
    labels: string[];
    restriction: 'open' | 'own' | 'inherited' | 'unknown';
    version: number;
    versionAt: string | null;
  };
}

type Common = Omit<SubjectRef, 'kind'> & {
  /** Entity name: given at first sight, never changed or reused. */
  name: string;
  /** The newest revision that touched it. */
  revision: Revision;
};

/** A subject as the feed tells it. */
export type SubjectState = {
  [K in keyof SubjectStates]: { kind: K } & Common &
    ({ gone: true } | { gone: false; state: SubjectStates[K] });
}[keyof SubjectStates];

export interface ChangesOptions {
  /** A position from `next`, a revision to start after, or nothing. */
  since?: string | Revision;
  /** 1 to 500. */
  limit: number;
  kinds?: SubjectState['kind'][];
}

export interface Changes {
  items: SubjectState[];
  /** Where to go on. */
  next: string;
  head: Revision;
  more: boolean;
}

/** What a reader of the feed keeps with us. */
export interface FeedConsumer {
  id: string;
  position?: string;
  fingerprint?: string;
  /** ISO time in UTC */
  updatedAt: string;
}
