// SPDX-License-Identifier: Apache-2.0
import { DateTime } from 'luxon';
import {
  endOf,
  parseDate,
  PersonFacts,
  whenAbsent,
  whenPresent,
} from './employment';

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' });

const facts: PersonFacts = {
  departed: false,
  startDate: null,
  endDate: null,
  managerRef: null,
  employmentType: null,
  accountIds: [],
};

describe('whenPresent', () => {
  const now = at('2026-03-10T12:00:00Z');

  it.each<[Partial<PersonFacts>, string, string]>([
    [{}, 'employed', 'nothing says otherwise'],
    [{ departed: true }, 'departed', 'explicit status'],
    [{ endDate: '2026-03-09' }, 'departed', 'the last day is over'],
    [{ endDate: '2026-03-10' }, 'employed', 'the last day is today'],
    [{ endDate: '2026-03-10T11:59:00.000Z' }, 'departed', 'an exact time'],
    [{ endDate: '2026-03-10T12:01:00.000Z' }, 'employed', 'a later time'],
    [
      { endDate: '2025-01-01', startDate: '2025-06-01' },
      'employed',
      'hired again',
    ],
    [
      { endDate: '2025-01-01', startDate: '2027-01-01' },
      'departed',
      'not yet hired again',
    ],
    [
      { endDate: '2025-01-01', startDate: '2024-01-01' },
      'departed',
      'an ordinary career',
    ],
  ])('%j is %s: %s', (said, status) => {
    expect(whenPresent({ ...facts, ...said }, now)).toMatchObject({
      status,
      absentSince: null,
    });
  });
});

describe('whenAbsent', () => {
  const first = at('2026-03-10T12:00:00Z');
  const known = whenPresent(facts, first);

  it('is missing only after 24 hours and at a second complete read', () => {
    const gone = whenAbsent(known, first);
    expect(gone).toMatchObject({
      status: 'employed',
      absentSince: '2026-03-10T12:00:00.000Z',
    });
    expect(whenAbsent(gone, first.plus({ hours: 23 }))).toEqual(gone);
    expect(whenAbsent(gone, first.plus({ hours: 24 }))).toEqual({
      ...gone,
      status: 'missing',
    });
  });

  it('does not call the first absence missing, however long ago the last read was', () => {
    expect(whenAbsent(known, first.plus({ days: 30 }))).toMatchObject({
      status: 'employed',
    });
  });

  it('is departed when the end date passes, and never by absence alone', () => {
    const ending = whenAbsent({ ...known, endDate: '2026-03-12' }, first);
    expect(ending.status).toBe('employed');
    expect(whenAbsent(ending, at('2026-03-13T00:00:00Z'))).toMatchObject({
      status: 'departed',
      absentSince: '2026-03-10T12:00:00.000Z',
    });
    expect(
      whenAbsent(whenAbsent(known, first), first.plus({ years: 1 })),
    ).toMatchObject({
      status: 'missing',
    });
  });

  it('stays departed, and is employed again when back', () => {
    const departed = { ...known, status: 'departed' as const };
    expect(whenAbsent(departed, first).status).toBe('departed');
    expect(whenPresent(facts, first)).toMatchObject({
      status: 'employed',
      absentSince: null,
    });
  });
});

it('reads dates as they are meant', () => {
  expect(parseDate('2026-03-10')).toBe('2026-03-10');
  expect(parseDate(' 2026-03-10T10:00:00+02:00 ')).toBe(
    '2026-03-10T08:00:00.000Z',
  );
  expect(parseDate('10.03.2026')).toBeUndefined();
  expect(parseDate('2026-02-30')).toBeUndefined();
  expect(parseDate('soon')).toBeUndefined();
  expect(endOf('2026-03-10').toISO()).toBe('2026-03-11T00:00:00.000Z');
});
