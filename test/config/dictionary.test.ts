import { mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { generate } from '#src/commands/generate.js'
import { loadFamilies } from '#src/config/index.js'

const dirWith = (name: string, text: string): string => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'ef-dict-'))
  writeFileSync(path.join(dir, name), text)
  return dir
}
const own = (dir: string) => loadFamilies(dir).filter(({ id }) => id.startsWith('dictionary-'))

describe('a dictionary of libFuzzer in --payloads', () => {
  it('is read as payloads: names, levels, escapes and comments', () => {
    const [family, ...more] = own(
      dirWith('My Words.dict', '# of our parser\r\n\nkw1="SELECT"\nkw2@3 = "a\\"b\\\\c"\n"\\xc3\\xa9\\x00"\n"plain é"\n'),
    )
    expect(more).to.deep.equal([])
    expect(family!.id).to.equal('dictionary-my-words')
    expect(family!.payloads.map(({ value }) => value)).to.deep.equal(['SELECT', 'a"b\\c', 'é\0', 'plain é'])
  })

  it('stands in hostile events', () => {
    const payloads = dirWith('words.dict', '"zq-odd-word-zq"\n')
    const made = [...generate({ source: 'sqs', stage: 'hostile', count: 1_500, seed: 1, payloads })]
    expect(made.filter(({ events }) => events[0]!.includes('zq-odd-word-zq'))).to.not.be.empty
  })

  it('is refused with file and line where it is none', () => {
    for (const line of ['word', 'a="b', '"a\\q"', 'a=b', '"a" "b"', '\u0000'])
      expect(() => own(dirWith('bad.dict', `"fine"\n${line}\n`)), JSON.stringify(line)).to.throw(
        /bad\.dict is wrong in line 2: an entry is/,
      )
  })

  it('leaves what is wrong with a payload file to be told with file and pointer', () => {
    const dir = dirWith('mine.json', JSON.stringify({ schemaVersion: 1, id: 'Mine!' }))
    expect(() => loadFamilies(dir)).to.throw(/The payload file .*mine\.json is wrong at \//)
    const strange = dirWith('mine.json', JSON.stringify({ ...loadFamilies(undefined)[0], danger: true }))
    expect(() => loadFamilies(strange)).to.throw(/mine\.json is wrong at \/: it must NOT have additional properties 'danger'/)
  })
})
