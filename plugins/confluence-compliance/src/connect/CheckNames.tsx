// SPDX-License-Identifier: Apache-2.0
import { Fragment } from 'react';
import { useKnownChecks } from './useKnownChecks';

/** A check by its title; by its id where the title is not known. */
export function CheckName({ id }: { id: string }) {
  const title = useKnownChecks().get(id)?.title;
  return title ? <>{title}</> : <code>{id}</code>;
}

/** Several checks in one sentence. */
export function CheckNames({ ids }: { ids: string[] }) {
  return (
    <>
      {ids.map((id, index) => (
        <Fragment key={id}>
          {index > 0 && '; '}
          <CheckName id={id} />
        </Fragment>
      ))}
    </>
  );
}
