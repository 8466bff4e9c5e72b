// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen } from '@testing-library/react';
import { renderPage } from './render';

interface OnOptions {
  annotations?: Record<string, string>;
  title?: string;
  refused?: string[];
}

/** A card on the page of an entity, over one answer of the backend. */
export function on(
  card: JSX.Element,
  answer: Access | Error | Promise<Access>,
  { annotations, title, refused }: OnOptions = {},
): ReturnType<typeof renderPage> & { getAccess: jest.Mock<Promise<Access>> } {
  const ref = 'entityRef' in answer ? answer.entityRef : 'user:default/ana';
  const { kind, namespace, name } = parseEntityRef(ref);
  const getAccess = jest.fn(async () => {
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  });
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind.replace(/^./, letter => letter.toUpperCase()),
    metadata: { namespace, name, title, annotations },
  };
  const rendered = renderPage(
    <EntityProvider entity={entity}>{card}</EntityProvider>,
    { api: { getAccess }, refused },
  );
  return { ...rendered, getAccess };
}

/** What a card says behind a label. */
export const fact = (label: string) => {
  const term = screen.getByText(label, { selector: 'dt' });
  return term.parentElement?.querySelector('dd') ?? term;
};
