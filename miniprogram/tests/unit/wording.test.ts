// What no page says, and what each says of a person, a place and a time.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import FoldChips from '@/components/ui/FoldChips.vue'
import { spanDays } from '@/services/papers'
import type { Wish } from '@/services/types'
import { progress, hiddenWords } from '@/words/progress'
import { postWords } from '@/words/roles'
import { latest, picked } from '@/words/records'

const root = path.resolve(__dirname, '../../src')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(vue|ts)$/.test(f) && !f.endsWith('schema.d.ts'))
/** Each line of the program that is no comment, with where it stands. */
const lines = files.flatMap((f) => {
  const text = readFileSync(path.join(root, f), 'utf8').replace(/<!--[^]*?-->|\/\*[^]*?\*\//g, (c) => c.replace(/[^\n]/g, ''))
  return text.split('\n').map((line, i) => ({ at: `${f}:${i + 1}`, text: line.replace(/(^|\s)\/\/ .*/, '') }))
})
const saying = (what: RegExp) => lines.filter((l) => what.test(l.text)).map((l) => `${l.at} ${l.text.trim()}`)

test('nobody is called he who may be a woman, and no page speaks as an office', () => {
  expect(saying(/(?<!其)他(?![们人])|她/)).toEqual([])
  expect(saying(/提交|操作成功/)).toEqual([])
})

test('no page promises a message to somebody who does not open the program', () => {
  expect(saying(/会告诉您|会通知|会收到消息|会提醒您|马上收到/)).toEqual([])
})

test('an example never looks filled in: it says that it is one, or asks', () => {
  const examples = lines.flatMap((l) => [...l.text.matchAll(/[^a-z]placeholder="([^"{]+)"/g)].filter((m) => !l.text.includes(`:placeholder="${m[1]}"`)).map((m) => m[1]!))
  expect(examples.length).toBeGreaterThan(20)
  const asks = /^(比如：|也可以|输入|搜|帮了谁|想对|手机号|单位名册|几栋)|什么时候|为什么/
  expect(examples.filter((e) => !asks.test(e))).toEqual([])
})

test('a place says what it is once', () => {
  const posts = [['street', '茂山街道'], ['county', '通化县'], ['secretary', '茂山社区'], ['grid_worker', '第二网格'], ['street', '大川镇']] as const
  expect(posts.map(([role, nodeName]) => postWords({ role, nodeName }))).toEqual(
    ['茂山街道负责人', '通化县负责人', '茂山社区书记', '第二网格员', '大川镇负责人'])
})

test('到 stays with its day', () => {
  expect(spanDays('2025-03-01', '2026-01-02')).toEqual(['2025 年 3 月 1 日', '到 2026 年 1 月 2 日'])
  expect(saying(/dayWords\([^)]*\) ?\}\}到/)).toEqual([])
})

test('a moment stands apart from the words around it', () => {
  const moments = String.raw`(?:moment|clockTime)\((?:[^()]|\([^()]*\))*\)`
  expect(saying(new RegExp(`${moments}(?: ?\\}\\}?| \\+ ['\`])[一-鿿]`))).toEqual([])
  expect(saying(new RegExp(`[一-鿿](?:\\$\\{|\\{\\{) ?${moments}`))).toEqual([])
})

test('who wrote a wish is not told that its details are hidden, and nobody that they will be shown later when it is over', () => {
  const wish = (mine: boolean, status: Wish['status']) => ({ sensitive: true, mine, status })
  expect(hiddenWords(wish(true, 'fulfilled'))).toBe('')
  expect(hiddenWords(wish(true, 'open'))).toBe('')
  expect(hiddenWords(wish(false, 'open'))).toContain('社区同意认领后才显示')
  expect(hiddenWords(wish(false, 'fulfilled'))).toBe('详情不公开')
  expect(progress({ status: 'fulfilled', mine: true }).now).toBe('')
})

test('a report of one\'s own begins in the past, whatever the hour', () => {
  for (let minutes = 0; minutes < 24 * 60; minutes += 7) {
    const present = Date.parse('2026-11-28T00:00:00+08:00') + minutes * 60000
    const { from, until } = picked(latest(present), present)
    expect(until).toBeLessThanOrEqual(present)
    expect(from).toBeGreaterThan(present - 36 * 3600000)
  }
  expect(latest(Date.parse('2026-11-28T09:10:00+08:00'))).toEqual({ ago: '0', hour: '8', half: '0', length: '60' })
})

test('what is chosen looks chosen, but for all of them', () => {
  const group = (value: string) => ({ code: 'day', name: '哪天', value, options: [['0', '今天'], ['1', '昨天']] as const })
  const on = (value: string) => mount(FoldChips, { props: { groups: [group(value)], change: '换' } }).find('.chip').classes('on')
  expect([on('0'), on('1'), on('')]).toEqual([true, true, false])
  expect(saying(/class="chip" role="button"/).filter((l) => !l.includes('copy(a)'))).toEqual([])
})

test('a claim is given back, never given up, wherever it is told', () => {
  expect(saying(/放弃/)).toEqual([])
  const words = path.resolve(__dirname, '../../../internal/words')
  const told = readdirSync(words).filter((f) => f.endsWith('.go')).map((f) => readFileSync(path.join(words, f), 'utf8')).join('\n')
  expect(told).toContain('认领人退回了认领')
  expect(told).not.toContain('放弃')
})
