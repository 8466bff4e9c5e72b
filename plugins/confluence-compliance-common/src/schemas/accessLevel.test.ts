// SPDX-License-Identifier: Apache-2.0
import { accessLevelOf } from './accessLevel';

describe('accessLevelOf', () => {
  it.each([
    [['read space', 'administer space'], 'admin'],
    [['administer page'], 'edit'],
    [['read space', 'create page'], 'edit'],
    [['manage_users space'], 'edit'],
    [['read space', 'export space'], 'view'],
    [['export space'], 'other'],
    [[], 'other'],
  ])('says of %j that it is %s', (operations, level) => {
    expect(accessLevelOf(operations)).toBe(level);
  });
});
