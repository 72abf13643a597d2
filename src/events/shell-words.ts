// Control characters, and what an editor or terminal takes for a line break.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

/** One word on one line for bash and zsh, whatever it holds: recipes are copied into terminals. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  if (text.search(UNSEEN) === -1) return `'${text.replaceAll("'", `'\\''`)}'`
  const coded = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  return `$'${text.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r').replace(UNSEEN, coded)}'`
}

/** A JSON document as one shell word. */
export const shellJson = (value: unknown): string => shellWord(JSON.stringify(value))

/** An option of the AWS CLI. It would load a file for `file://...` and take `-x` for an option: such values go in as JSON. */
export function cliOption(name: string, value: string): string {
  if (!/^(?:-|(?:fileb?|https?):\/\/)/.test(value)) return `--${name} ${shellWord(value)}`
  const key = name.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase())
  return `--cli-input-json ${shellJson({ [key]: value })}`
}
