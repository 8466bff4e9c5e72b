// SPDX-License-Identifier: Apache-2.0
import { CustomErrorBase, InputError } from '@backstage/errors';
import {
  CompactEncrypt,
  compactDecrypt,
  decodeProtectedHeader,
  type ProtectedHeaderParameters,
} from 'jose';
import type { SealingKey } from '../config';

/** A sealed value that no configured key opens, or that was moved to another place. */
export class CannotOpenError extends CustomErrorBase {
  name = 'CannotOpenError' as const;
}

/**
 * Seals secrets as JWE (`dir`, A256GCM). Each value is bound to its place, so that a row cannot be
 * copied to another connection.
 */
export class Keyring {
  readonly #keys: readonly SealingKey[];

  constructor(keys: readonly SealingKey[]) {
    this.#keys = keys;
  }

  /** Id of the key that seals; undefined without one. */
  get current(): string | undefined {
    return this.#keys[0]?.id;
  }

  /** Ids of the keys that open. */
  get ids(): string[] {
    return this.#keys.map(({ id }) => id);
  }

  /** @throws an InputError that says what to configure, when there is no key to seal with */
  assertCanSeal(): void {
    this.#sealingKey();
  }

  /**
   * @param place - where it is stored, such as `acme/api-token`
   * @throws an InputError when no key is configured
   */
  async seal(
    place: string,
    value: unknown,
  ): Promise<{ sealed: string; keyId: string }> {
    const key = this.#sealingKey();
    const sealed = await new CompactEncrypt(
      new TextEncoder().encode(JSON.stringify(value)),
    )
      .setProtectedHeader({
        alg: 'dir',
        enc: 'A256GCM',
        kid: key.id,
        ctx: place,
      })
      .encrypt(key.secret);
    return { sealed, keyId: key.id };
  }

  #sealingKey(): SealingKey {
    const [key] = this.#keys;
    if (!key) {
      throw new InputError(
        'Credentials cannot be stored: set confluenceCompliance.secrets.keys to a list of { id, secret }, the secret of 32 bytes in base64',
      );
    }
    return key;
  }

  /** @throws CannotOpenError */
  async open(place: string, sealed: string): Promise<unknown> {
    const { kid, ctx } = headerOf(sealed);
    const key = this.#keys.find(({ id }) => id === kid);
    if (!key) {
      throw new CannotOpenError(
        `The credential is sealed with the key '${kid}', which confluenceCompliance.secrets.keys does not have: add it again, or enter the credential anew`,
      );
    }
    if (ctx !== place) {
      throw new CannotOpenError(
        `The credential, sealed with the key '${kid}', belongs to another place: enter the one of this place anew`,
      );
    }
    try {
      const { plaintext } = await compactDecrypt(sealed, key.secret, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return JSON.parse(new TextDecoder().decode(plaintext));
    } catch {
      throw new CannotOpenError(
        `The key '${kid}' does not open the credential: the key has another secret now, or the value was changed. Put the old secret back into confluenceCompliance.secrets.keys, or enter the credential anew`,
      );
    }
  }
}

function headerOf(sealed: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(sealed);
  } catch {
    throw new CannotOpenError(
      'The credential was changed, so that not even its key is known: enter the credential anew',
    );
  }
}
