import { parentPort } from 'node:worker_threads'

parentPort.postMessage(await (await fetch('https://api.thread.example')).text())
