// SPDX-License-Identifier: Apache-2.0
import { acme, read } from './__testUtils__/read';

const template = {
  id: 'quarter',
  title: 'Quarter',
  scope: { connection: 'acme' },
  owner: 'user:default/lena',
  fallbackReviewer: 'user:default/lena',
  cadence: { months: 3 },
};

const withTemplates = (...templates: object[]) =>
  read({
    connections: [
      { ...acme, purposes: ['access-review'] },
      {
        ...acme,
        id: 'docs',
        site: 'docs.atlassian.net',
        purposes: ['policy'],
      },
    ],
    reviews: { templates },
  });

describe('reviews.templates', () => {
  it('makes drafts that stay open by default', () => {
    expect(withTemplates(template).reviews.templates).toEqual([
      { ...template, overdueRule: 'keep-open', dueInDays: 30, makes: 'draft' },
    ]);
    expect(read({}).reviews.templates).toEqual([]);
  });

  it.each<[string, object[], string]>([
    [
      'a connection that is not there',
      [{ ...template, scope: { connection: 'no' } }],
      "reviews.templates[0].scope.connection names the connection 'no', which does not exist",
    ],
    [
      'a connection for other purposes',
      [{ ...template, scope: { connection: 'docs' } }],
      "which is not used for 'access-review'",
    ],
    [
      'an id twice',
      [template, template],
      'reviews.templates[1].id is the id of reviews.templates[0]',
    ],
    [
      'a cadence in words',
      [{ ...template, cadence: 'monthly' }],
      "reviews.templates[0].cadence must be { months: 3 }, with 1 to 36 months, or 'system'",
    ],
    [
      'a cadence of a system that is not named',
      [{ ...template, cadence: 'system' }],
      "reviews.templates[0].scope.system must name one for the cadence 'system'",
    ],
    [
      'a rule that finds nobody',
      [{ ...template, reviewers: ['named'] }],
      "reviews.templates[0].reviewer must say who, for the rule 'named'",
    ],
    [
      'an owner who cannot sign off',
      [{ ...template, owner: 'group:default/it' }],
      'reviews.templates[0].owner must be the entity ref of a user',
    ],
    [
      'a key that is not known',
      [{ ...template, scope: { connection: 'acme', grup: 'g1' } }],
      "reviews.templates[0].scope has the unknown key 'grup'",
    ],
  ])('refuses %s', (_, templates, says) => {
    expect(() => withTemplates(...templates)).toThrow(says);
  });
});
