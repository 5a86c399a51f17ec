// The sheets: what one component alone shows stands beside it, what many share is in base.css, and nothing is left over.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from '@vue/compiler-sfc'

const src = path.resolve(__dirname, '../../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
const text = (file: string) => readFileSync(path.join(src, file), 'utf8')
const vues = files.filter((f) => f.endsWith('.vue'))
const sheets = files.filter((f) => f.endsWith('.css'))
const parts = sheets.filter((f) => !f.startsWith('styles'))

/** The classes that a template gives, as far as they are written there. */
function given(vue: string): Set<string> {
  const template = vue.slice(vue.indexOf('<template>'))
  const found = [...template.matchAll(/\s(?:placeholder-)?(?:class|look)="([^"]*)"/g)].flatMap((m) => m[1]!.split(/\s+/))
  for (const [, whole] of template.matchAll(/\s:(?:class|look)="([^"]*)"/g)) {
    const bound = whole!.replace(/[!=]==? '[^']*'/g, '') // what is compared is no class
    found.push(...[...bound!.matchAll(/'([^']*)'/g)].flatMap((m) => m[1]!.split(/\s+/)))
    for (const [, object] of bound!.matchAll(/\{([^{}]*)\}/g)) {
      found.push(...object!.split(',').map((part) => /^\s*'?([\w-]+)'?\s*(:|$)/.exec(part)?.[1] ?? ''))
    }
  }
  if (/\s:on="/.test(template)) found.push('on')
  return new Set(found.filter(Boolean))
}
const users = new Map<string, string[]>()
for (const f of vues) for (const name of given(text(f))) users.set(name, [...(users.get(name) ?? []), f])
/** Words in quotes anywhere: a state's colour, a button's kind. */
const quoted = new Set(files.filter((f) => /\.(vue|ts)$/.test(f)).flatMap((f) => [...text(f).matchAll(/'([a-z][\w -]*)'/g)].flatMap((m) => m[1]!.split(' '))))

const bare = (css: string) => css.replace(/\/\*[^]*?\*\//g, '').replace(/@import[^;]*;/g, '').replace(/@media[^{]*\{/g, '')
const selectors = (sheet: string) => [...bare(text(sheet)).matchAll(/([^{}]+)\{[^{}]*\}/g)].flatMap((m) => m[1]!.split(',')).map((s) => s.trim())
const classes = (selector: string) => [...selector.matchAll(/\.([A-Za-z][\w-]*)/g)].map((m) => m[1]!).filter((c) => c !== 'view-elder' && !c.startsWith('uni-')) // the last are uni-app's own

test('each token is used, and each that is used is there', () => {
  const tokens = new Set([...text('styles/tokens.css').matchAll(/(--[\w-]+)\s*:/g)].map((m) => m[1]!))
  const used = new Set(files.filter((f) => /\.(css|vue|ts)$/.test(f)).flatMap((f) => [...text(f).matchAll(/var\((--[\w-]+)\)/g)].map((m) => m[1]!)))
  expect([...tokens].filter((t) => !used.has(t)), 'unused: away with it').toEqual([])
  expect([...used].filter((t) => !tokens.has(t)), 'not in tokens.css').toEqual([])
})

test('each class of a sheet is given by some template', () => {
  const dead = sheets.flatMap((f) => selectors(f).filter((s) => classes(s).some((c) => !users.has(c) && !quoted.has(c))).map((s) => `${f}: ${s}`))
  expect(dead).toEqual([])
})

test('each class that a template gives looks like something, or only names what the page looks for', () => {
  const names = ['asked', 'said'] // where a field begins, and a note that is scrolled to
  const looks = new Set(sheets.flatMap(selectors).flatMap((s) => [...s.matchAll(/\.([A-Za-z][\w-]*)/g)].map((m) => m[1]!)))
  expect([...users.keys()].filter((c) => !looks.has(c) && !names.includes(c)).map((c) => `${c}: ${users.get(c)}`)).toEqual([])
})

test('what all see is shared by all: a class of one component alone stands in its own sheet', () => {
  const alone = selectors('styles/base.css').flatMap((s) => {
    const first = classes(s)[0]
    return first && (users.get(first) ?? []).length < 2 ? [`${s}: only ${users.get(first)}`] : []
  })
  expect([...new Set(alone)]).toEqual([])
})

/** The words that any element may take, and what each is for: the sizes of text, and how parts stand. Whatever else has a look
 * is a component of components/ui. */
const words = {
  display: 'the largest letters', title: 'of a card', head: 'of a row', sub: 'what explains it', meta: 'the smallest letters',
  strong: 'heavier', num: 'figures of one width', alarm: 'in the colour of what is wrong',
  unit: 'of what a figure is one, or what is said after a name', apart: 'with room before it', 'two-lines': 'in two at most',
  row: 'beside each other', between: 'at both ends', wraps: 'or below each other where they do not fit',
  'from-top': 'beside each other, from the top', stack: 'below each other',
  grow: 'takes what room is left', tight: 'closer', pull: 'closer to what is above', center: 'in the middle',
}

test('no word is shared by all that is not in the list, nor is one listed that is not there', () => {
  const shared = new Set(selectors('styles/base.css').flatMap(classes))
  expect([...shared].filter((c) => !(c in words)), 'make it a component of components/ui with a sheet of its own').toEqual([])
  expect(Object.keys(words).filter((c) => !shared.has(c))).toEqual([])
})

/** Sheets of looks that others ask for by name: XyTap's `look`, a card or a row of it that takes a tap, a thread of events, the
 * button that only WeChat draws, the wide one of two, and the frame of the page that could not be fetched. */
const lent = ['page/XyPage', 'ui/XyTap', 'ui/XyCard', 'ui/XyRows', 'ui/Timeline', 'ui/XyButton', 'ui/XyPair'].map((name) => `components/${name}.css`)

test('a sheet beside a component speaks of what that component alone shows', () => {
  const strange = parts.filter((f) => !lent.includes(f)).flatMap((f) => {
    const vue = f.replace(/css$/, 'vue')
    expect(vues, f).toContain(vue)
    const own = (c: string) => (users.get(c) ?? []).every((u) => u === vue)
    const together = (all: string[]) => vues.filter((v) => all.every((c) => users.get(c)?.includes(v) ?? true))
    return selectors(f).filter((s) => !classes(s).some(own) && together(classes(s)).join() !== vue).map((s) => `${f}: ${s}`)
  })
  expect(strange).toEqual([])
})

interface Part { tag?: string; props?: { name: string; value?: { content: string } }[]; content?: { content: string } | string; children?: Part[] }
test('hours stand where neither their number nor their unit is parted', () => {
  const parted: string[] = []
  const walk = (file: string, part: Part, whole: boolean) => {
    const has = whole || part.tag === 'XyFacts' || !!part.props?.some((p) => /^(class|look)$/.test(p.name) && /\b(num|length)\b/.test(p.value?.content ?? ''))
    const said = typeof part.content === 'object' ? part.content.content : ''
    if (/\bhoursWords\(/.test(said) && !has) parted.push(`${file}: ${said}`)
    for (const child of part.children ?? []) walk(file, child, has)
  }
  for (const f of vues) {
    const template = parse(text(f)).descriptor.template?.ast
    if (template) walk(f, template as unknown as Part, false)
  }
  expect(parted, 'the class num, or words of one line').toEqual([])
})

test('every sheet is in the one that the program takes, and no component hides another', () => {
  const taken = [...text('styles/index.css').matchAll(/@import "([^"]+)";/g)].map((m) => path.join('styles', m[1]!))
  expect(taken.sort()).toEqual(sheets.filter((f) => f !== path.join('styles', 'index.css')).sort())
  expect(vues.filter((f) => f !== 'App.vue' && text(f).includes('<style')), 'styles stand in a sheet').toEqual([])
})
