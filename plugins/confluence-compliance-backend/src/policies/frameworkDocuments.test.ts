// SPDX-License-Identifier: Apache-2.0
import { DOCUMENTS, FRAMEWORKS, type FrameworkId } from '../config';
import { frameworkDocuments } from './frameworkDocuments';

const policy = (id: string, fulfils?: string[]) => ({
  id,
  title: `Policy ${id}`,
  connection: 'acme',
  page: { by: 'id' as const, id: '1' },
  fulfils,
});

describe('frameworkDocuments', () => {
  it('has the documents of the chosen frameworks only', () => {
    const of = (...frameworks: FrameworkId[]) =>
      frameworkDocuments({ frameworks, policies: [], documentsNotNeeded: [] });
    expect(of()).toEqual([]);
    for (const framework of FRAMEWORKS) {
      const own = of(framework);
      expect([framework, own.length > 5]).toEqual([framework, true]);
      const named = own.flatMap(({ controls }) => controls);
      expect(new Set(named.map(each => each.framework)).size).toBe(1);
      expect(named.filter(({ reviewed }) => reviewed)).toEqual([]);
    }
    const soc2 = of('soc2');
    expect(soc2.map(({ id }) => id)).not.toContain('isms-scope');
    expect(
      soc2.flatMap(({ controls }) => controls.map(each => each.framework)),
    ).toEqual(expect.arrayContaining(['SOC 2']));
    expect(of('soc2', 'iso27001').map(({ id }) => id)).not.toContain(
      'physical-security',
    );
    expect(of(...FRAMEWORKS)).toHaveLength(DOCUMENTS.length);
  });

  it('says which policies are a document, and calls nothing reviewed', () => {
    const documents = frameworkDocuments({
      frameworks: ['soc2', 'iso27001'],
      policies: [policy('a', ['backup', 'cryptography']), policy('b')],
      documentsNotNeeded: ['remote-working'],
    });
    const of = (id: string) => documents.find(each => each.id === id);
    expect(of('backup')).toMatchObject({
      policies: [{ id: 'a', title: 'Policy a' }],
      controls: [
        { framework: 'ISO 27001:2022', control: 'A.8.13', reviewed: false },
      ],
    });
    expect(of('access-control')?.policies).toEqual([]);
    expect(of('remote-working')).toBeUndefined();
  });
});

it('names each document once, by an id that a policy can have', () => {
  const ids = DOCUMENTS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  ids.forEach(id => expect(id).toMatch(/^[a-z-]{1,63}$/));
});
