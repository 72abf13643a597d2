import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import { ROOT } from '../commands/shop.js'

/** Runs the code in a process of its own, where `watching` decides whether signatures are watched; what it prints. */
function printed(watching: boolean, code: string): unknown {
  const watch = `import { takeMacs, watchMacs } from './dist/harness/macs.js'; ${watching ? 'watchMacs();' : ''}`
  const imports = `import crypto, { createHmac } from 'node:crypto'; const { subtle } = crypto.webcrypto; const out = [];`
  const text = `${watch} ${imports} ${code}; console.log(JSON.stringify({ out, macs: takeMacs() }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', text], { cwd: ROOT, encoding: 'utf8' })
  expect(stderr).to.equal('')
  return JSON.parse(stdout)
}

const CLAIMS = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJlZiJ9'
const key = Buffer.from('k').toString('base64')

describe('signatures that the function makes', () => {
  it('are seen with key, data and form, also by named imports and WebCrypto', () => {
    const code = `
      createHmac('sha256', 'k').update('v0:').update(Buffer.from('efaaaaaaaaaaz')).digest('hex')
      createHmac('sha512', crypto.createSecretKey(Buffer.from('k'))).update('${CLAIMS}').digest()
      const held = await subtle.importKey('raw', Buffer.from('k'), { name: 'HMAC', hash: 'SHA-384' }, false, ['sign'])
      await subtle.sign('HMAC', held, Buffer.from('efaaaaaaaaaaz.'))`
    expect(printed(true, code)).to.deep.equal({
      out: [],
      macs: [
        { algorithm: 'sha256', key, data: 'v0:efaaaaaaaaaaz', as: 'hex' },
        { algorithm: 'sha512', key, data: CLAIMS, as: 'bytes' },
        { algorithm: 'sha384', key, data: 'efaaaaaaaaaaz.', as: 'bytes' },
      ],
    })
  })
  it('are left out where they hold nothing of the event, or the key is out of all proportion', () => {
    const code = `
      createHmac('sha256', 'AWS4secret').update('20260102').digest()
      createHmac('sha256', 'k'.repeat(100_000)).update('efaaaaaaaaaaz').digest()
      createHmac('sha256', 'k').update(Buffer.from([0xff, 0xfe])).update('efaaaaaaaaaaz').digest()`
    expect(printed(true, code)).to.deep.equal({ out: [], macs: [] })
  })
  it('fail as they would without us', () => {
    const code = `
      for (const odd of [null, undefined, 7, {}, 'HMAC', Symbol('x')]) {
        try { out.push(typeof createHmac(odd, odd)) } catch (error) { out.push(error.code) }
        try { out.push(createHmac('sha256', 'k').update(odd).digest('hex')) } catch (error) { out.push(error.code) }
        await subtle.importKey('raw', new Uint8Array(4), odd, false, ['sign']).catch((error) => out.push(error.name))
        await subtle.verify('HMAC', odd, odd, odd).catch((error) => out.push(error.name))
      }`
    expect(printed(true, code)).to.deep.equal(printed(false, code))
  })
})
