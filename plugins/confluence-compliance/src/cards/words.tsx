// SPDX-License-Identifier: Apache-2.0
import type {
  AccessLevel,
  AccountGrant,
  Reach,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { UnknownValue } from '../components/UnknownValue';
import { Seen } from '../components/words';
import { useWords } from '../translation/useWords';

/** The most powerful of what was seen; `undefined` when it can do nothing. */
export function topGrant(grants: AccountGrant[]): AccountGrant | undefined {
  const order: AccessLevel[] = ['admin', 'edit', 'view', 'other'];
  return order
    .map(level => {
      const those = grants.filter(grant => grant.level === level);
      return those.find(one => one.effective !== 'perhaps') ?? those[0];
    })
    .find(grant => grant !== undefined);
}

/** How many people, and how many of them are admins. */
export function PeopleWords({ reach }: { reach: Reach }) {
  const t = useWords();
  const { people, admins } = reach;
  if (people.unknown) {
    return <Seen count={people} />;
  }
  const n = formatNumber(people.seen);
  if (admins.unknown) {
    return (
      <>
        {n},{' '}
        <UnknownValue
          label={
            admins.seen > 0
              ? t('cards.adminsAtLeast', { n: formatNumber(admins.seen) })
              : t('cards.adminsUnknown')
          }
          reason={admins.unknown.text}
        />
      </>
    );
  }
  return (
    <>
      {admins.seen === 1
        ? t('cards.peopleOneAdmin', { n })
        : t('cards.people', { n, admins: formatNumber(admins.seen) })}
    </>
  );
}

/** Guests and machines that reach it; not known where people are not. */
export function OthersWords({ reach }: { reach: Reach }) {
  const t = useWords();
  const { guests, machines, people } = reach;
  if (people.unknown && guests + machines === 0) {
    return <UnknownValue reason={people.unknown.text} />;
  }
  return (
    <>
      {t('cards.guests', { count: guests, n: formatNumber(guests) })},{' '}
      {t('cards.machines', { count: machines, n: formatNumber(machines) })}
    </>
  );
}
