/** Starts a shell in every way there is, and gives back what it printed. */
import { exec, execFile, execFileSync, execSync, spawn, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

const done = (child) =>
  new Promise((resolve) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    child.on('close', () => resolve(text))
  })

const ways = {
  exec: (command) => new Promise((resolve) => exec(command, (_error, stdout) => resolve(stdout))),
  execFile: (command) => new Promise((resolve) => execFile('sh', ['-c', command], (_error, stdout) => resolve(stdout))),
  spawn: (command) => done(spawn('sh', ['-c', command])),
  execSync: (command) => execSync(command).toString(),
  execFileSync: (command) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }),
  spawnSync: (command) => spawnSync(command, { shell: true, encoding: 'utf8' }).stdout,
  promisified: async (command) => (await promisify(exec)(command)).stdout,
}

export const handler = async ({ way, text }) => ways[way](`echo ${text}`)
