// SPDX-License-Identifier: Apache-2.0
import type { IdentityLinkPayload } from '../history';
import { decideLink, LinkEvidence } from './decideLink';

const source = 'people:catalog';
const ana = { source, person: 'user:default/ana' };
const ben = { source, person: 'user:default/ben' };
const cam = { source, person: 'user:default/cam' };
const link = (id: typeof ana, how: IdentityLinkPayload['how']) => ({
  ...id,
  how,
});

describe('decideLink', () => {
  it.each<[string, LinkEvidence, IdentityLinkPayload | undefined, boolean]>([
    ['nothing known', { named: [] }, undefined, false],
    ['named by one', { named: [ana] }, link(ana, 'account-id'), false],
    [
      'the account id goes before the email',
      { named: [ana], sameEmail: [ben] },
      link(ana, 'account-id'),
      false,
    ],
    ['one email', { named: [], sameEmail: [ana] }, link(ana, 'email'), false],
    [
      'two with one email',
      { named: [], sameEmail: [ana, ben] },
      undefined,
      true,
    ],
    ['named by two', { named: [ana, ben] }, undefined, true],
    [
      'a second person who names it does not end the link',
      { named: [ana, ben], existing: link(ana, 'account-id') },
      link(ana, 'account-id'),
      true,
    ],
    [
      'two others who name it end the link',
      { named: [ana, ben], existing: link(cam, 'account-id') },
      undefined,
      true,
    ],
    [
      'somebody’s word stands against everything',
      {
        word: ana,
        named: [ben, ana],
        sameEmail: [ben],
        existing: link(ben, 'account-id'),
      },
      link(ana, 'manual'),
      false,
    ],
    [
      'somebody’s word that it is nobody’s stands, too',
      {
        word: 'nobody',
        named: [ben],
        sameEmail: [ben],
        existing: link(ben, 'email'),
      },
      undefined,
      false,
    ],
    [
      'a word that was taken back leaves no link',
      { named: [], existing: link(ana, 'manual') },
      undefined,
      false,
    ],
    [
      'a hidden email keeps the link',
      { named: [], existing: link(ana, 'email') },
      link(ana, 'email'),
      false,
    ],
    [
      'an email of another single person changes it',
      { named: [], sameEmail: [ben], existing: link(ana, 'email') },
      link(ben, 'email'),
      false,
    ],
    [
      'an account id of another person changes it',
      { named: [ben], sameEmail: [ana], existing: link(ana, 'email') },
      link(ben, 'account-id'),
      false,
    ],
    [
      'an email that a second person shares does not end the link',
      { named: [], sameEmail: [ana, ben], existing: link(ana, 'email') },
      link(ana, 'email'),
      true,
    ],
  ])('%s', (_, evidence, expected, ambiguous) => {
    expect(decideLink(evidence)).toEqual({ link: expected, ambiguous });
  });
});
