// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import { pageOf, spaces } from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { SpaceField } from './ContainerFields';

function open(api: Partial<ConfluenceComplianceApi>) {
  const onChange = jest.fn();
  const page = renderPage(
    <SpaceField connection="northwind" onChange={onChange} />,
    { api },
  );
  return { ...page, onChange };
}

const field = () => screen.findByRole('combobox', { name: 'Space' });
const [first] = spaces;
const label = `${first.name} (${first.key})`;

describe('SpaceField', () => {
  it('shows what is chosen, and takes it back when somebody types on', async () => {
    const listSpaces = jest.fn(async () => pageOf(spaces));
    const { user, onChange } = open({ listSpaces });
    await user.type(await field(), first.key);
    await waitFor(() =>
      expect(listSpaces).toHaveBeenLastCalledWith(
        expect.objectContaining({ q: first.key }),
        expect.anything(),
      ),
    );
    await user.click(await screen.findByRole('option', { name: label }));
    expect(await field()).toHaveValue(label);
    expect(onChange).toHaveBeenLastCalledWith(first.spaceId, label);
    await user.tab();
    expect(await field()).toHaveValue(label);
    expect(onChange).toHaveBeenCalledTimes(1);

    await user.type(await field(), 'x');
    expect(await field()).toHaveValue(`${label}x`);
    expect(onChange).toHaveBeenLastCalledWith(undefined);
  });

  it('says that names cannot be looked up', async () => {
    const error = await responseError(403, 'space.read is missing');
    open({ listSpaces: () => Promise.reject(error) });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^Names cannot be looked up: .*space\.read is missing/,
    );
  });
});
