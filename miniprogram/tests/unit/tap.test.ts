// What takes a tap: one component says what it is, takes a key and goes where it leads.
import { mount } from '@vue/test-utils'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import XyTap from '@/components/ui/XyTap.vue'
import './setup'

const went: string[] = []
Object.assign(uni, { navigateTo: (o: { url: string }) => went.push(o.url) })
vi.stubGlobal('getCurrentPages', () => [])

test('it tells a tap and the Enter key, and what it is', async () => {
  const row = mount(XyTap, { props: { look: 'chip', on: true, role: 'radio', checked: true, label: '换一类' }, slots: { default: '换' } })
  const view = row.find('view')
  expect(view.classes()).toEqual(['chip', 'on', 'tap'])
  expect(view.attributes()).toMatchObject({ role: 'radio', tabindex: '0', 'aria-checked': 'true', 'aria-label': '换一类' })
  expect(view.attributes('aria-expanded')).toBeUndefined()
  await view.trigger('click')
  await view.trigger('keyup.enter')
  expect(row.emitted('tap')).toHaveLength(2)
  expect(mount(XyTap).find('view').attributes('role')).toBe('button')
})

test('with a way it is a link, and leads there', async () => {
  const link = mount(XyTap, { props: { to: 'wish', query: { id: '7' } } })
  expect(link.find('view').attributes('role')).toBe('link')
  await link.find('view').trigger('click')
  expect(went).toEqual(['/pages/wish/wish?id=7'])
  expect(link.emitted('tap')).toBeUndefined()
})

test('switched off it is plain text', async () => {
  const text = mount(XyTap, { props: { role: 'link', off: true } })
  expect(text.find('view').attributes()).not.toHaveProperty('role')
  expect(text.find('view').attributes()).not.toHaveProperty('tabindex')
  await text.find('view').trigger('click')
  expect(text.emitted('tap')).toBeUndefined()
})

test('no page writes down again what takes a tap', () => {
  const src = path.resolve(__dirname, '../../src')
  const own = ['XyTap.vue', 'XyButton.vue', 'DemoBar.vue'] // the last is of the demo alone
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.vue') && !own.includes(path.basename(f)))
    .filter((f) => /@click|@keyup\.enter/.test(readFileSync(path.join(src, f), 'utf8')))
  expect(found, 'XyTap takes the tap, and XyButton').toEqual([])
})
