// SPDX-License-Identifier: Apache-2.0
import { toReach } from './reach';

const counted = { people: 3, admins: 1, guests: 0, machines: 2, openTo: [] };

it('says that a space is closed to the internet once its permissions were read', () => {
  const closed = { ...counted, anonymous: false };
  expect(toReach(closed).anonymous).toBe(false);
  expect(
    toReach({ ...closed, unknown: 'memberships-incomplete' }).anonymous,
  ).toBe(false);
  expect(
    toReach({ ...closed, unknown: 'grants-incomplete' }),
  ).not.toHaveProperty('anonymous');
  expect(
    toReach({ ...counted, anonymous: true, unknown: 'grants-incomplete' })
      .anonymous,
  ).toBe(true);
});

it('gives the reason with numbers that may be too low', () => {
  const { people, admins, machines } = toReach({
    ...counted,
    anonymous: false,
    unknown: 'open-to-class',
  });
  expect(people).toMatchObject({
    seen: 3,
    unknown: { code: 'open-to-class' },
  });
  expect(admins).toMatchObject({ seen: 1, unknown: { code: 'open-to-class' } });
  expect(machines).toBe(2);
});
