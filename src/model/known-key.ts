/**
 * SCRAM lets a client check that the server knows its password, and the stub knows none. With this salt the harness derives this
 * key from any password, and the stub answers by it.
 */
export const KNOWN_SALT = 'eventfuzz-scram!'

/** The key that `KNOWN_SALT` gives, `length` bytes of it. */
export const knownKey = (length: number): Buffer => Buffer.alloc(length, 'eventfuzz')
