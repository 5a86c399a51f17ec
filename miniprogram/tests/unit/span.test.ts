import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import SpanLine from '@/components/ui/SpanLine.vue'
import { startParts } from '@/words/service'

/** The pieces between which a line may end: at a space or where one is allowed by an empty letter. */
const pieces = (from: string, to: string) =>
  mount(SpanLine, { props: { from: `2026-11-${from}:00+08:00`, to: `2026-11-${to}:00+08:00` } }).findAll('text')
    .flatMap((t) => t.text().split(/[ \u200b]/)).map((p) => p.replace(/\u00a0/g, ' ').trim())

test('a line ends between the day and the hours or before 到, and never within an hour', () => {
  expect(pieces('27T12:44', '27T14:44')).toEqual(['11 月 27 日周五', '中午 12 点 44', '到下午 2 点 44'])
  expect(pieces('27T09:00', '27T11:30')).toEqual(['11 月 27 日周五', '上午 9 点', '到 11 点半'])
  expect(pieces('27T23:15', '28T01:15')).toEqual(['11 月 27 日周五', '晚上 11 点 15', '到 11 月 28 日周六', '凌晨 1 点 15'])
})

test('a brief one tells the start alone, in one line where that is near', () => {
  const present = Date.parse('2026-11-27T23:50:00+08:00')
  expect(startParts('2026-11-27T23:59:00+08:00', present)).toEqual(['今天晚上 11 点 59'])
  expect(startParts('2026-11-28T00:05:00+08:00', present)).toEqual(['明天凌晨 0 点 05'])
  expect(startParts('2026-11-29T09:00:00+08:00', present)).toEqual(['11 月 29 日周日', '上午 9 点'])
  const brief = mount(SpanLine, { props: { from: '2026-11-27T11:15:00+08:00', to: '2026-11-28T13:15:00+08:00', brief: true } }).text()
  expect(brief).toContain('上午')
  expect(brief).not.toContain('到')
})
