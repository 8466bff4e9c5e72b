// SPDX-License-Identifier: Apache-2.0
import type {
  Access,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Checks } from '../checks';
import type { ComplianceConfig } from '../config';
import { type Connected, organizationSource } from '../connections';
import type {
  CardReads,
  History,
  Lists,
  Lookups,
  ResultScope,
  Revision,
} from '../history';

/** What the sections of a card are read with. */
export interface CardRooms {
  config: Pick<ComplianceConfig, 'connections' | 'schedule'>;
  connections: () => Connected[];
  history: History;
  lists: Lists;
  cards: CardReads;
  lookups: Lookups;
  checks: Checks;
  /** What access reviews say of accounts. Default: nothing. */
  reviewsOf?: (
    accounts: Array<{ connection: string; accountId: string }>,
  ) => Promise<NonNullable<Access['person']>['review']>;
}

/** One card being made: everything on it is of one revision. */
export interface CardContext extends CardRooms {
  revision: Revision;
  now: Date;
  /** How whole a dataset is known; asked once for all parts of the card. */
  fresh: CardReads['freshness'];
  /** Who reaches a space; counted once for each revision. */
  reach: Lists['access']['peopleOfSpace'];
  /** Connections that tell who can do what. */
  reviewed: Connected[];
}

/** A dataset that something on a card was read from. */
export interface ReadBehind {
  source: string;
  dataset: string;
  /** Whose cadence it keeps, where that is not the source. */
  connection?: string;
  /** Only these containers; default all. */
  only?: string[];
}

/** What one subject adds to a card. */
export interface CardPart {
  sections?: Partial<
    Pick<Access, 'person' | 'group' | 'space' | 'criticalSystem' | 'policies'>
  >;
  /** Where the results about it are. */
  scopes?: ResultScope[];
  reads?: ReadBehind[];
  /** Why it cannot be shown as it is. */
  incomplete?: Reason;
}

/** So many grants, groups or principals a card shows. */
export const TOP = 10;

/** Of more people or members than this a card does not tell everything. */
export const MOST_PEOPLE = 1_000;

/** What access of accounts rests on. */
const ACCESS = ['accounts', 'groups', 'memberships', 'spaces', 'grants'];

/** What access of accounts in these connections was read from. */
export function accessReads(
  context: Pick<CardRooms, 'connections'>,
  connections: string[],
): ReadBehind[] {
  return connections.flatMap(source => [
    ...ACCESS.map(dataset => ({ source, dataset })),
    ...directoryReads(context, source),
  ]);
}

/** The directory of the organization of a connection, which says who is suspended and who has a licence. */
export function directoryReads(
  { connections }: Pick<CardRooms, 'connections'>,
  connection: string,
): ReadBehind[] {
  const { organization } =
    connections().find(({ id }) => id === connection) ?? {};
  return organization
    ? [
        {
          source: organizationSource(organization.id),
          dataset: 'directory',
          connection,
        },
      ]
    : [];
}
