// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { renderPage } from '../__testUtils__/render';
import { EntityPicker } from './EntityPicker';

function entity(
  kind: 'User' | 'Group',
  name: string,
  displayName: string,
  annotations = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    spec: { profile: { displayName } },
  };
}

const entities = [
  entity('User', 'ana', 'Ana Lindqvist'),
  entity('User', 'mirror', 'Ana of Confluence', {
    'atlassian.net/connection': 'northwind',
  }),
  entity('Group', 'security', 'Security <b>team</b>'),
];

function Form({ onPick }: { onPick: (ref: string) => void }) {
  const [value, setValue] = useState('');
  return (
    <EntityPicker
      label="Owner"
      value={value}
      onChange={ref => {
        setValue(ref);
        onPick(ref);
      }}
    />
  );
}

describe('EntityPicker', () => {
  it('finds people and groups by name, and gives the ref of who is chosen', async () => {
    const onPick = jest.fn();
    const { user } = renderPage(<Form onPick={onPick} />, {
      api: {},
      entities,
    });
    const field = screen.getByRole('combobox', { name: 'Owner' });
    await user.click(field);
    expect(
      (await screen.findAllByRole('option')).map(({ textContent }) =>
        textContent?.replace(/\s+/g, ' '),
      ),
    ).toEqual([
      expect.stringContaining('user:default/ana'),
      expect.stringContaining('Security <b>team</b>'),
    ]);
    await user.type(field, 'ana l');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await user.click(screen.getByRole('option', { name: /Ana Lindqvist/ }));
    expect(onPick).toHaveBeenLastCalledWith('user:default/ana');
    expect(field).toHaveValue('Ana Lindqvist');

    // Typing on takes the choice back.
    await user.type(field, 'x');
    expect(onPick).toHaveBeenLastCalledWith('Ana Lindqvistx');
    await user.clear(field);
    expect(onPick).toHaveBeenLastCalledWith('');
  });

  it('chooses nobody else when a full ref is typed faster than the catalog answers', async () => {
    const onPick = jest.fn();
    const { user } = renderPage(<Form onPick={onPick} />, {
      api: {},
      entities,
    });
    const field = screen.getByRole('combobox', { name: 'Owner' });
    await user.click(field);
    await screen.findAllByRole('option');
    await user.paste('user:default/somebody.else');
    // Tab and Enter would take what the pointer happens to rest on.
    expect(screen.queryAllByRole('option', { name: /Ana/ })).toEqual([]);
    await user.tab();
    expect(field).toHaveValue('user:default/somebody.else');
    expect(onPick).toHaveBeenLastCalledWith('user:default/somebody.else');
  });

  it('takes a full ref, also without a catalog', async () => {
    const onPick = jest.fn();
    const { user } = renderPage(<Form onPick={onPick} />, { api: {} });
    const field = screen.getByRole('combobox', { name: 'Owner' });
    await user.type(field, 'group:default/security');
    await user.tab();
    expect(onPick).toHaveBeenLastCalledWith('group:default/security');
    expect(field).toHaveValue('group:default/security');
  });
});
