// SPDX-License-Identifier: Apache-2.0
import { errorMessage } from '../components/errors';
import { useWords } from '../translation/useWords';
import { browser, isWebAddress } from './browser';
import { useAuthorize } from './queries';

/** Sends the person to Atlassian to grant access; what cannot be opened is said. */
export function useGrant() {
  const t = useWords();
  const { mutate, isPending, isSuccess, error, data } = useAuthorize();
  const unusable = data && !isWebAddress(data.authorizeUrl);
  const failed = () => {
    if (error) {
      return errorMessage(error);
    }
    return unusable ? t('connect.credentials.badAddress') : undefined;
  };
  return {
    start: (id: string) =>
      mutate(id, {
        onSuccess: ({ authorizeUrl }) => {
          if (isWebAddress(authorizeUrl)) {
            browser.assign(authorizeUrl);
          }
        },
      }),
    /** Also while the browser is on its way. */
    isPending: isPending || (isSuccess && !unusable),
    failed: failed(),
  };
}
