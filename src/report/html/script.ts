/**
 * The page's only script: filter, keyboard, copying, and opening what a printer must see. The page says everything without it.
 * It writes with textContent only, and copies what is seen.
 */
export const SCRIPT = `'use strict'
const form = document.getElementById('filter')
const articles = [...document.querySelectorAll('article.finding')]
const all = [...articles, ...document.querySelectorAll('tr.further')]
const parts = [...document.querySelectorAll('details.more')]
const rows = new Map([...document.querySelectorAll('tr[data-for]')].map((row) => [row.dataset.for, row]))
const words = new Map()
const wordsOf = (article) => {
  if (!words.has(article)) words.set(article, article.textContent.toLowerCase())
  return words.get(article)
}
const apply = () => {
  const chosen = new Set([...form.querySelectorAll('[name=severity]:checked')].map((box) => box.value))
  const target = form.elements.target.value
  const text = form.elements.text.value.trim().toLowerCase()
  const known = form.querySelectorAll('[name=severity]').length
  let shown = 0
  for (const article of all) {
    const fits = (chosen.size === known || chosen.has(article.dataset.severity)) && (target === '' || article.dataset.target === target) && (text === '' || wordsOf(article).includes(text))
    article.hidden = !fits
    const row = rows.get(article.id)
    if (row) row.hidden = !fits
    if (fits) shown += 1
  }
  form.elements.shown.textContent = shown === all.length ? '' : shown + ' of ' + all.length + ' shown'
  for (const part of parts) part.open = shown < all.length && part.querySelector('tr.further:not([hidden])') !== null
}
if (form) {
  form.hidden = false
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  apply()
}
const move = (by) => {
  const shown = articles.filter((article) => !article.hidden)
  const next = shown[shown.indexOf(document.activeElement && document.activeElement.closest('article.finding')) + by] || (by > 0 ? shown[0] : shown.at(-1))
  if (!next) return
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'start' })
}
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Escape' && form && event.target === form.elements.text) {
    form.elements.text.value = ''
    apply()
  }
  if (event.target.closest('input, select, textarea')) return
  if (event.key === '/' && form) {
    event.preventDefault()
    form.elements.text.focus()
  }
  if (event.key === 'j') move(1)
  if (event.key === 'k') move(-1)
})
for (const block of document.querySelectorAll('pre.command')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(block.textContent)
      button.textContent = 'Copied'
    } catch {
      getSelection().selectAllChildren(block)
      button.textContent = 'Selected'
    }
    setTimeout(() => { button.textContent = 'Copy' }, 1500)
  })
  const frame = document.createElement('div')
  frame.className = 'copy'
  block.replaceWith(frame)
  frame.append(block, button)
}
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true
})
const reveal = () => {
  const article = articles.find((one) => '#' + one.id === location.hash)
  if (!article || !article.hidden) return
  form.reset()
  apply()
  article.scrollIntoView()
}
addEventListener('hashchange', reveal)
`
