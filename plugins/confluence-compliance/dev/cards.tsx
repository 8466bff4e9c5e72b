// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import {
  createFrontendModule,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Container } from '@backstage/ui';
import type { ReactNode } from 'react';
import {
  EntityConfluenceAccessCard,
  EntityConfluenceAccessReviewCard,
  EntityConfluencePolicyCard,
  EntityConfluenceSpaceCard,
} from '../src/cards/EntityCards';
import { DecisionsWidget } from '../src/cards/DecisionsWidget';
import { EntityConfluenceContent } from '../src/cards/EntityContent';
import { HomeWidget } from '../src/cards/HomeWidget';

function On({ entity, children }: { entity: string; children: ReactNode }) {
  const { kind, namespace, name } = parseEntityRef(entity);
  return (
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: {
          namespace,
          name,
          annotations: { 'atlassian.net/site': 'https://x.example' },
        },
      }}
    >
      {children}
    </EntityProvider>
  );
}

const people = [
  'user:default/ana.lindqvist',
  'user:default/otto.berg',
  'user:default/nina.patel',
  'group:default/payments',
  'group:confluence/payments-1a2b3c4d',
];
const spaces = [
  'component:default/ledger',
  'component:default/shop',
  'component:default/orders',
];
const reviews = [
  'system:default/payments-platform',
  'system:confluence/northwind-1a2b3c4d',
];
const pages = [
  'resource:confluence/information-security-policy-1a2b3c4d',
  'resource:confluence/lunch-menu-1a2b3c4d',
];

/** Every kind of card, in the width of an entity page. */
function Cards() {
  return (
    <Container>
      <div style={{ display: 'grid', gap: 24, maxWidth: 860 }}>
        {people.map(entity => (
          <On key={entity} entity={entity}>
            <EntityConfluenceAccessCard />
          </On>
        ))}
        {spaces.map(entity => (
          <On key={entity} entity={entity}>
            <EntityConfluenceSpaceCard />
          </On>
        ))}
        {reviews.map(entity => (
          <On key={entity} entity={entity}>
            <EntityConfluenceAccessReviewCard />
          </On>
        ))}
        {pages.map(entity => (
          <On key={entity} entity={entity}>
            <EntityConfluencePolicyCard />
          </On>
        ))}
        <HomeWidget />
        <DecisionsWidget />
      </div>
    </Container>
  );
}

const tabs = [
  'system:default/payments-platform',
  'group:confluence/payments-1a2b3c4d',
];

/** Two more tabs in the development app: the cards, and the tab of an entity page. */
export const cardStories = createFrontendModule({
  pluginId: 'confluence-compliance',
  extensions: [
    SubPageBlueprint.make({
      name: 'cards',
      params: {
        path: 'cards',
        title: 'Cards',
        loader: async () => <Cards />,
      },
    }),
    SubPageBlueprint.make({
      name: 'entity-tab',
      params: {
        path: 'entity-tab',
        title: 'Entity tab',
        loader: async () => (
          <Container>
            {tabs.map(entity => (
              <On key={entity} entity={entity}>
                <EntityConfluenceContent />
              </On>
            ))}
          </Container>
        ),
      },
    }),
  ],
});
