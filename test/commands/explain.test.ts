import { expect } from 'chai'
import { generate } from '#src/commands/generate.js'
import { GENERATED_STAGES, type GeneratedStage, SOURCE_IDS, type SourceId } from '#src/model/index.js'
import { readPointer } from '../events/read-pointer.js'
import { thorough } from '../thorough.js'

const explained = (source: SourceId, stage: GeneratedStage, count = 10) =>
  [...generate({ source, stage, count, seed: 3, explain: true })].map(({ explain, ...rest }) => ({ ...rest, ...explain! }))

/** A form of any names is at the text that holds it. */
const seenAt = (text: string, pointer: string) => readPointer(JSON.parse(text), pointer.replace(/#form$/, ''))

describe('generate --explain', () => {
  const accounts = (stages: readonly GeneratedStage[], count: number) => () => {
    for (const source of SOURCE_IDS) {
      for (const stage of stages) {
        for (const { text, labels, events, controlled } of explained(source, stage, count)) {
          expect(text).to.match(new RegExp(`^${source}, stage ${stage}: .+\\. Special: .+\\. (Chosen|Nobody)`, 'su'))
          expect(text).to.include(labels[0]!.split(' at ')[0]!)
          // Stages that break an event may have taken away what it held.
          if (stage === 'negative' || stage === 'sequence') continue
          for (const { pointer } of controlled)
            expect(
              seenAt(events[0]!, stage === 'valid' ? pointer : pointer.split('#')[0]!),
              `${source} ${stage} ${pointer}`,
            ).to.not.equal(undefined)
        }
      }
    }
  }
  it('says of every event what is special, and whose data stands where', accounts(['valid'], 1))
  thorough('says so in every stage', accounts(GENERATED_STAGES, 20))

  it('names who chooses a field, and how it is carried', () => {
    const [s3] = explained('s3', 'valid', 1)
    expect(s3!.controlled).to.deep.include({
      pointer: '/Records/0/s3/object/key',
      wire: '/objects/0/key',
      also: [],
      control: 'producer',
      encodings: ['s3-key-url'],
      kind: 'value',
    })
  })

  it('shows where in the event the payload of a hostile one stands', () => {
    for (const { text } of explained('sqs', 'hostile', 3))
      expect(text).to.match(/ at \/messages\/0\S* as sent, \/Records\/0\S+ in the event\./)
  })

  it('tells what a service hands over from what only a caller of the function can send', () => {
    for (const stage of ['valid', 'boundary', 'hostile', 'malformed', 'sequence'] as const)
      expect(explained('sqs', stage, 1)[0]!.text, stage).to.include('Amazon SQS can hand it over.')
    for (const stage of ['negative', 'inconsistent'] as const)
      expect(explained('sqs', stage, 1)[0]!.text, stage).to.include('Only who may call lambda:InvokeFunction can send it.')
    expect(explained('direct', 'valid', 1)[0]!.text).to.include('Only who may call lambda:InvokeFunction')
  })
})
