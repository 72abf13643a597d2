/** The parts of a SARIF log that the tests read. */
export interface SarifLog {
  readonly version: string
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } }
    readonly invocations: readonly {
      readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[]
    }[]
    readonly results: readonly SarifResult[]
  }[]
}

export interface SarifRule {
  readonly id: string
  readonly fullDescription?: { readonly text: string }
  readonly help: { readonly text: string; readonly markdown: string }
  readonly properties: { readonly 'security-severity': string; readonly tags: readonly string[] }
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: { readonly startLine: number; readonly startColumn?: number }
  }
  readonly message?: { readonly text: string }
}

export interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly SarifLocation[]
  readonly codeFlows: readonly {
    readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[]
  }[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly baselineState: string
  readonly suppressions: readonly { readonly kind: string; readonly status: string; readonly justification: string }[]
  readonly properties: { readonly open: boolean }
}

/** Rows of a CSV file whose every cell is quoted; throws at anything else. */
export function csvRows(text: string): readonly (readonly string[])[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      if (!/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*$/.test(line)) throw new Error(`no row: ${line.slice(0, 200)}`)
      return [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((match) => match[1]!.replaceAll('""', '"'))
    })
}

// One token of the XML that may be here: no comments, no CDATA, no instructions but the first.
const XML = /<(\/?)([a-z]+)((?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*)(\/?)>|(?:[^<&]|&(?:amp|lt|gt|quot|apos);)+/gy

/** Elements and names of attributes of an XML document, without its texts. Throws when it is not well-formed. */
export function xmlSkeleton(text: string): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (!text.startsWith(head)) throw new Error('no XML declaration')
  XML.lastIndex = head.length
  const open: string[] = []
  let skeleton = ''
  let end = head.length
  for (let token = XML.exec(text); token !== null; token = XML.exec(text)) {
    end = XML.lastIndex
    const [, closing, name = '', attributes = '', empty] = token
    if (token[2] === undefined) continue
    if (closing === '/' && open.pop() !== name) throw new Error(`</${name}> closes nothing`)
    if (closing !== '/' && empty !== '/') open.push(name)
    const names = [...attributes.matchAll(/ ([a-z]+)="/g)].map((match) => match[1])
    if (new Set(names).size !== names.length) throw new Error(`<${name}> has an attribute twice`)
    skeleton += `<${closing}${[name, ...names].join(' ')}${empty}>`
  }
  if (end !== text.length || open.length > 0) throw new Error(`no XML from ${end}: ${text.slice(end, end + 100)}`)
  return skeleton
}
