// SPDX-License-Identifier: Apache-2.0
import { accountRules, connectionRules, reviewRules } from './rules';

const ana = 'user:default/Ana';

describe('permission rules', () => {
  it('know whose an account is', () => {
    const { apply, toQuery } = accountRules.isOwnAccount;
    const account = { connection: 'acme', accountId: 'a1' };
    const claims = [ana, 'group:default/team'];
    expect(apply({ ...account, person: 'user:default/ana' }, { claims })).toBe(
      true,
    );
    expect(apply({ ...account, person: 'user:default/ben' }, { claims })).toBe(
      false,
    );
    expect(apply(account, { claims })).toBe(false);
    expect(
      apply({ ...account, person: 'user:default/ana' }, { claims: [] }),
    ).toBe(false);
    expect(toQuery({ claims })).toEqual({
      people: ['user:default/ana', 'group:default/team'],
    });
  });

  it('know who decides in a review', () => {
    const { apply, toQuery } = reviewRules.isReviewer;
    const review = { id: 'r1', reviewers: ['user:default/ana'] };
    expect(apply(review, { claims: [ana] })).toBe(true);
    expect(apply(review, { claims: ['user:default/ben'] })).toBe(false);
    expect(apply({ id: 'r1', reviewers: [] }, { claims: [ana] })).toBe(false);
    expect(toQuery({ claims: [ana] })).toEqual({
      reviewers: ['user:default/ana'],
    });
  });

  it('know who owns a connection', () => {
    const { apply, toQuery } = connectionRules.isConnectionOwner;
    const claims = ['group:default/security'];
    expect(
      apply({ id: 'acme', owner: 'group:default/Security' }, { claims }),
    ).toBe(true);
    expect(apply({ id: 'acme', owner: 'group:default/it' }, { claims })).toBe(
      false,
    );
    expect(apply({ id: 'acme' }, { claims })).toBe(false);
    expect(toQuery({ claims })).toEqual({ owners: claims });
  });
});
