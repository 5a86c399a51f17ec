// Bad networks: nothing is sent twice, nothing is lost, what is known stays with its time, a lost session is not noticed.
import { expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ask, button, idleMember, phone, settled, visit } from './people'
import { opened } from './world'


const tab = (page: Page, name: string) => page.getByRole('navigation', { name: '主菜单' }).last().getByRole('link', { name }).click()
const everything = '**/api/**'
const away = (page: Page) => page.route(everything, (route) => route.abort())

test('without a network a list shows what was last known, and its time', async () => {
  const { page, close } = await phone('resident')
  await visit(page, 'hall')
  const before = await page.getByRole('link', { name: /第 .* 号/ }).first().innerText()
  await tab(page, '首页')
  await settled(page)
  await away(page)
  await tab(page, '心愿')
  await page.getByText(/\d+ 月 \d+ 日 \d+:\d\d 存下的内容/).first().waitFor()
  expect(await page.getByRole('link', { name: /第 .* 号/ }).first().innerText()).toBe(before)
  await page.unroute(everything)
  await tab(page, '首页')
  await settled(page)
  expect(await page.getByText('存下的内容').count()).toBe(0)
  await close()
})

test('an answer that is lost on the way does not make a second claim', async () => {
  const wish = await opened('想要一个放大镜')
  const member = await idleMember()
  const { page, close } = await phone(member)
  const keys: string[] = []
  await page.route('**/claims', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    keys.push(route.request().headers()['idempotency-key'] ?? '')
    const answer = await route.fetch()
    return keys.length === 1 ? route.abort() : route.fulfill({ response: answer })
  })
  await visit(page, 'promise?id=' + wish)
  await button(page, '答应，我来圆').click()
  await page.getByText('等社区同意', { exact: true }).waitFor()
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
  const { items } = await ask<{ items: { wish: { id: string } }[] }>(member, 'claims?mine=true')
  expect(items.filter((c) => c.wish.id === wish)).toHaveLength(1)
  await close()
})

test('what could not be sent is sent by the next run of the program, once', async () => {
  const wish = await opened('想要一个收音机')
  const member = await idleMember()
  const { page, again, close } = await phone(member)
  await visit(page, 'promise?id=' + wish)
  await away(page)
  await button(page, '答应，我来圆').click()
  await page.getByText('您的认领还没有送出').waitFor()
  await page.close()
  const later = await again()
  await visit(later, 'home')
  await later.getByText('您的认领已经送到').waitFor()
  const { items } = await ask<{ items: { wish: { id: string } }[] }>(member, 'claims?mine=true')
  expect(items.filter((c) => c.wish.id === wish)).toHaveLength(1)
  await close()
})

test('a session that is gone is not noticed', async () => {
  const wish = await opened('想要一个闹钟')
  const member = await idleMember()
  const { page, close } = await phone(member)
  await visit(page, 'promise?id=' + wish)
  const token = () => page.evaluate((who) => localStorage.getItem(`xinyuan/${who}/token`), member)
  const before = await token()
  const ended = await fetch(inject('base') + 'api/v1/sessions/current', { method: 'DELETE', headers: { Authorization: 'Bearer ' + before } })
  expect(ended.status).toBe(204)
  await button(page, '答应，我来圆').click()
  await page.getByText('等社区同意', { exact: true }).waitFor()
  expect(await token()).not.toBe(before)
  await close()
})

test('a page that does not come says so in our words, and comes when the network is back', async () => {
  const { page, close } = await phone('resident')
  await visit(page, 'home')
  const part = '**/assets/pages-me-about*'
  await page.route(part, (route) => route.abort())
  await page.evaluate(() => void (location.hash = '/pages/me/about'))
  await page.getByText('这一页还没有取到').waitFor()
  expect(await page.getByText('连接服务器超时').count()).toBe(0)
  await page.unroute(part)
  await button(page, '再打开一次').click()
  await page.getByRole('heading', { name: '关于' }).waitFor()
  await close()
})
