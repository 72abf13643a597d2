/** One word for a POSIX shell, whatever it holds: recipes are copied into terminals. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** A JSON document as one shell word. */
export const shellJson = (value: unknown): string => shellWord(JSON.stringify(value))
